import { check, well, wrong, type Check } from './check.ts';
import type { Expected } from './expected.ts';
import type { FunctionSeen } from './seen.ts';
import { allowsEverybody, policyAllows, policyDenies, policyGrants } from './resource-policy.ts';

const CLOUDWATCH = 'cloudwatch.amazonaws.com';

/** The topic, its key, and who may use them. */
export const TOPIC_CHECKS: readonly Check[] = [
  check('no-topic', 'error', ['topic'], ({ topic }) =>
    topic === undefined
      ? wrong('the topic that the functions publish to is gone', 'deploy again')
      : well('the topic is there'),
  ),
  check('topic-open', 'error', ['topic'], ({ topic }) => {
    if (topic === undefined) return undefined;
    return allowsEverybody(topic.Policy ?? '', 'sns:Publish')
      ? wrong('anybody may publish to the topic: false pages, and OKs that close true incidents', 'deploy again')
      : well('not everybody may publish to the topic');
  }),
  check('topic-closed-to-cloudwatch', 'error', ['topic'], ({ topic }, expected) => {
    if (topic === undefined) return undefined;
    return policyAllows(topic.Policy ?? '', fromOurAlarms('sns:Publish', expected))
      ? well('CloudWatch may publish to the topic')
      : wrong("CloudWatch may not publish to the topic: Trailbell's own alarms reach nobody", 'deploy again');
  }),
  check('topic-closed-to-functions', 'error', ['matcher', 'reconciler', 'topic'], ({ matcher, reconciler, topic }) => {
    if (topic === undefined) return undefined;
    const denied = [matcher, reconciler].filter(
      (each) => each !== undefined && isDenied(topic.Policy ?? '', each.Role, 'sns:Publish'),
    );
    return denied.length === 0
      ? well("the topic's policy denies the functions nothing")
      : wrong(
          `the topic's policy denies ${namesOf(denied)} to publish: nobody is told of anything`,
          'take the statement with "Effect": "Deny" out of the policy, or deploy again',
        );
  }),
  check('topic-not-encrypted', 'warning', ['topic'], ({ topic }) => {
    if (topic === undefined) return undefined;
    return (topic.KmsMasterKeyId ?? '') === ''
      ? wrong('the topic is not encrypted', 'deploy again')
      : well('the topic is encrypted');
  }),
  check('topic-key-of-aws', 'error', ['topic', 'topicKey'], ({ topic, topicKey }) => {
    if (topic === undefined || topicKey === undefined || topicKey === 'missing') return undefined;
    return topicKey.KeyManager === 'AWS'
      ? wrong("the topic is encrypted with AWS's own key, with which CloudWatch cannot publish", 'deploy again')
      : well("the topic's key is yours");
  }),
  check('topic-key-off', 'error', ['topic', 'topicKey'], ({ topic, topicKey }) => {
    if (topic === undefined || topicKey === undefined) return undefined;
    const state = topicKey === 'missing' ? 'gone' : topicKey.KeyState;
    return state === 'Enabled'
      ? well("the topic's key is enabled")
      : wrong(
          `the topic's key is ${state ?? 'in an unknown state'}: nothing can be published`,
          'enable it again (aws kms enable-key, aws kms cancel-key-deletion); where it is gone, deploy again',
        );
  }),
  check('topic-key-closed-to-cloudwatch', 'error', ['topic', 'topicKey'], ({ topic, topicKey }, expected) => {
    if (topic === undefined || topicKey === undefined || topicKey === 'missing') return undefined;
    if (topicKey.KeyManager === 'AWS') return undefined;
    const missing = ['kms:Decrypt', 'kms:GenerateDataKey'].filter(
      (action) => !policyAllows(topicKey.policy, fromOurAlarms(action, expected)),
    );
    return missing.length === 0
      ? well("CloudWatch may use the topic's key")
      : wrong(
          `the policy of the topic's key does not let CloudWatch ${missing.join(' and ')}: Trailbell's own alarms reach nobody`,
          'deploy again',
        );
  }),
  check('topic-key-closed-to-functions', 'error', ['matcher', 'reconciler', 'topic', 'topicKey'], (seen, expected) => {
    const { matcher, reconciler, topic, topicKey } = seen;
    if (topic === undefined || topicKey === undefined || topicKey === 'missing') return undefined;
    if (topicKey.KeyManager === 'AWS') return undefined;
    const { partition, accountId } = expected;
    const functions = [matcher, reconciler].filter((each) => each !== undefined);
    const actions = ['kms:Decrypt', 'kms:GenerateDataKey'];
    const denied = functions.filter(({ Role }) => actions.some((action) => isDenied(topicKey.policy, Role, action)));
    if (denied.length > 0) {
      return wrong(
        `the policy of the topic's key denies it to ${namesOf(denied)}: nothing can be published`,
        'take the statement with "Effect": "Deny" out of the policy, or deploy again',
      );
    }
    const grants = (principal: string | undefined) =>
      principal !== undefined && actions.every((action) => policyGrants(topicKey.policy, { principal, action }));
    // The account's own statement is what makes the roles' policies count.
    return grants(`arn:${partition}:iam::${accountId}:root`) ||
      [matcher, reconciler].every((each) => grants(each?.Role))
      ? well("the functions may use the topic's key")
      : wrong("the policy of the topic's key shuts the functions out: nothing can be published", 'deploy again');
  }),
];

function isDenied(policy: string, role: string | undefined, action: string): boolean {
  return role !== undefined && policyDenies(policy, { principal: role, action });
}

function namesOf(functions: readonly (FunctionSeen | undefined)[]): string {
  return functions.map((each) => each?.FunctionName ?? 'a function').join(' and ');
}

function fromOurAlarms(action: string, { partition, region, accountId }: Expected) {
  return {
    principal: CLOUDWATCH,
    action,
    sourceArn: `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:any`,
    sourceAccount: accountId,
  };
}
