import { createRandom } from './random.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Somebody or something that calls AWS, with the place it calls from. */
export interface Actor {
  readonly identity: JsonObject;
  /** The account whose trail gets the record. */
  readonly accountId: string;
  readonly sourceIPAddress: string;
  readonly userAgent: string;
  /** Calls made by clicking in the console carry sessionCredentialFromConsole. */
  readonly inConsole?: boolean;
  readonly vpcEndpointId?: string;
}

/** A session of a role, with what it takes to assume it. */
export interface RoleSession extends Actor {
  readonly roleArn: string;
  readonly sessionName: string;
}

/** Where and with what an actor works. */
export type Place = Pick<Actor, 'sourceIPAddress' | 'userAgent' | 'inConsole' | 'vpcEndpointId'>;

interface Session {
  readonly accountId: string;
  readonly role: string;
  /** The path of the role, with both slashes. */
  readonly rolePath?: string;
  readonly sessionName: string;
  readonly startedAt: string;
  readonly place: Place;
  /** More fields of userIdentity, such as invokedBy. */
  readonly identity?: JsonObject;
  /** More fields of sessionContext, such as ec2RoleDelivery. */
  readonly context?: JsonObject;
}

/** An id of AWS that no scanner takes for a real one: it ends in EXAMPLE. The same seed gives the same id. */
export function exampleId(prefix: string, length: number, seed: string): string {
  const suffix = 'EXAMPLE';
  return `${prefix}${createRandom(`${prefix} ${seed}`).code(length - prefix.length - suffix.length)}${suffix}`;
}

/** A session of a role: people through Identity Center, functions, instances, pods, workflows, services. */
export function assumedRole(session: Session): RoleSession {
  const { accountId, role, rolePath = '/', sessionName, startedAt, place } = session;
  const roleArn = `arn:aws:iam::${accountId}:role${rolePath}${role}`;
  const roleId = exampleId('AROA', 21, roleArn);
  return {
    accountId,
    roleArn,
    sessionName,
    ...place,
    identity: {
      type: 'AssumedRole',
      principalId: `${roleId}:${sessionName}`,
      arn: `arn:aws:sts::${accountId}:assumed-role/${role}/${sessionName}`,
      accountId,
      accessKeyId: exampleId('ASIA', 20, `${roleArn} ${sessionName} ${startedAt}`),
      sessionContext: {
        sessionIssuer: { type: 'Role', principalId: roleId, arn: roleArn, accountId, userName: role },
        webIdFederationData: {},
        attributes: { creationDate: startedAt, mfaAuthenticated: 'false' },
        ...session.context,
      },
      ...session.identity,
    },
  };
}

/** An IAM user with a long-lived access key, or before it has one (signing in). */
export function iamUser(accountId: string, userName: string, place: Place, accessKeyId?: string): Actor {
  const arn = `arn:aws:iam::${accountId}:user/${userName}`;
  const identity = { type: 'IAMUser', principalId: exampleId('AIDA', 21, arn), arn, accountId };
  return { accountId, ...place, identity: { ...identity, ...(accessKeyId && { accessKeyId }), userName } };
}

/** An IAM user in the console: temporary keys and a session that says whether MFA was used. */
export function iamUserInConsole(accountId: string, userName: string, place: Place, startedAt: string): Actor {
  const user = iamUser(accountId, userName, place, exampleId('ASIA', 20, `${userName} ${startedAt}`));
  return { ...user, inConsole: true, identity: { ...user.identity, ...consoleSession(startedAt, false) } };
}

/** The root user; with `startedAt`, in a console session. */
export function rootUser(accountId: string, place: Place, startedAt?: string): Actor {
  const arn = `arn:aws:iam::${accountId}:root`;
  const session = startedAt && {
    accessKeyId: exampleId('ASIA', 20, `${arn} ${startedAt}`),
    ...consoleSession(startedAt, true),
  };
  return {
    accountId,
    ...place,
    inConsole: startedAt !== undefined,
    identity: { type: 'Root', principalId: accountId, arn, accountId, ...session },
  };
}

/** A service of AWS that acts on its own behalf in an account. */
export function awsService(accountId: string, service: string): Actor {
  return {
    accountId,
    sourceIPAddress: service,
    userAgent: service,
    identity: { type: 'AWSService', invokedBy: service },
  };
}

function consoleSession(startedAt: string, withMfa: boolean): JsonObject {
  return { sessionContext: { attributes: { creationDate: startedAt, mfaAuthenticated: String(withMfa) } } };
}
