import {
  MINUTE_MS,
  alarmName,
  initialState,
  isOtherGroup,
  metricOf,
  type AlarmIdentity,
  type AlarmNaming,
  type AlarmRule,
  type Renotification,
  type OwedNotification,
} from '@trailbell/core/alarm';
import type { Activity } from '@trailbell/core/cloudtrail';
import type { CompiledRule, CompiledRules } from '@trailbell/core/compiled-rules';
import { routesFor, type RouteScope } from '@trailbell/core/routes';
import { silenceInForce, silencesFor, type CompiledSilence, type SilenceInForce } from '@trailbell/core/silencing';
import { accountsOf, stateReason, type Deployment, type NotificationInput } from '@trailbell/core/notification';

const STAGED: SilenceInForce = { name: 'mode: stage', untilMs: Infinity };

/** The deployed rules as settling and telling see them. */
export class AlarmRules {
  readonly version: number;
  readonly #rules: ReadonlyMap<string, CompiledRule>;
  readonly #routes: readonly RouteScope[];
  readonly #silences: readonly CompiledSilence[];
  readonly #accounts: CompiledRules['accounts'];
  readonly #deployment: Deployment;
  readonly #naming: AlarmNaming;

  constructor(compiled: CompiledRules, deployment: Deployment, naming: AlarmNaming) {
    this.version = compiled.version;
    this.#routes = compiled.routes;
    this.#silences = compiled.silences;
    this.#accounts = compiled.accounts;
    this.#rules = new Map(compiled.rules.map((rule) => [rule.name, rule]));
    this.#deployment = deployment;
    this.#naming = naming;
  }

  /** What settling needs to know of the alarm's rule; undefined where the rules no longer have it. */
  of(identity: AlarmIdentity): AlarmRule | undefined {
    const rule = this.#rules.get(identity.rule);
    if (rule === undefined) return undefined;
    return {
      metric: metricOf(rule),
      alarmName: alarmName(this.#naming, identity),
      title: isOtherGroup(identity) ? `${rule.title} (groups past the ${rule.groupLimit} of a day)` : rule.title,
      groupLimit: rule.groupLimit,
      severity: rule.severity,
      stateReason,
      routesOf: (examples) => this.#routesOf(rule, examples as readonly Activity[]),
      silenceAt: this.#silenceOf(rule, identity),
      ...(rule.renotify && { renotify: renotificationOf(rule.renotify) }),
    };
  }

  /** A rule that is staged is silent for good. */
  #silenceOf({ name, severity, groupBy, mode }: CompiledRule, identity: AlarmIdentity): AlarmRule['silenceAt'] {
    if (mode === 'stage') return () => STAGED;
    const values = isOtherGroup(identity) ? [] : identity.group;
    const groupValues = new Map(values.map((value, index) => [groupBy[index]?.text ?? '', value]));
    const silences = silencesFor({ rule: name, severity, groupValues }, this.#silences);
    return (atMs) => silenceInForce(silences, atMs);
  }

  #routesOf(rule: CompiledRule, examples: readonly Activity[]): readonly string[] {
    const accounts = accountsOf(examples);
    const seenIn = accounts.length > 0 ? accounts : [this.#deployment.accountId];
    return routesFor({ rule: rule.name, severity: rule.severity, accounts: seenIn }, this.#routes);
  }

  /** The alarms that ring when nothing happens; their rules have no groups. */
  silentAlarms(): readonly AlarmIdentity[] {
    return [...this.#rules.keys()]
      .map((rule) => ({ rule, group: [] }))
      .filter((identity) => {
        const rule = this.of(identity);
        return rule !== undefined && initialState(rule.metric) === 'ALARM';
      });
  }

  /** What an owed notification says. Name, severity and settings are those that its episode was opened with. */
  notification(owed: OwedNotification, identity: AlarmIdentity): NotificationInput {
    const rule = this.#rules.get(identity.rule);
    const { episode } = owed;
    return {
      alarmName: episode.alarmName,
      ...(rule?.description !== undefined && { alarmDescription: rule.description }),
      deployment: this.#deployment,
      previousState: owed.previousState,
      state: owed.state,
      stateReason: owed.reason,
      changedAtMs: owed.changedAtMs,
      configurationUpdatedAtMs: this.version,
      settings: episode.settings,
      accountAliases: this.#accounts,
      ...(episode.routes && { routes: episode.routes }),
      context: {
        rule: {
          references: [],
          filterPattern: '',
          ...rule,
          name: identity.rule,
          title: episode.title,
          severity: episode.severity,
        },
        groupValues: isOtherGroup(identity)
          ? []
          : identity.group.map((value, index) => ({ selector: rule?.groupBy[index]?.text ?? '', value })),
        count: episode.count,
        isAtLeast: episode.isAtLeast,
        firstMs: episode.firstMs,
        lastMs: episode.lastMs,
        examples: episode.examples as readonly Activity[],
      },
    };
  }
}

function renotificationOf({ everyMinutes, onNewActor }: NonNullable<CompiledRule['renotify']>): Renotification {
  return {
    ...(everyMinutes !== undefined && { everyMs: everyMinutes * MINUTE_MS }),
    ...(onNewActor && { actorOf: (example) => actorOf(example as Activity) }),
  };
}

/** An example of an earlier version may lack what this one writes. */
function actorOf({ actor }: Partial<Activity>): string | undefined {
  return actor?.arn ?? actor?.principalId ?? actor?.name;
}

/** Account and region are the topic's own. Throws where the ARN is none. */
export function deploymentOf(topicArn: string, logGroupName: string): Deployment {
  const [, , service, region, accountId] = topicArn.split(':');
  if (service !== 'sns' || region === undefined || accountId === undefined) {
    throw new Error(`not the ARN of an SNS topic: ${topicArn}`);
  }
  return { accountId, region, topicArn, logGroupName };
}
