import type { JsonObject } from '../json/index.ts';
import { isAwsServiceHost } from './source-ip.ts';
import { plainText } from './plain-text.ts';
import { booleanOf, captured, fieldsOf, textOf } from './record-fields.ts';

const MAX_LENGTH = 256;

/** What a name is made from; `undefined` where the record does not say. */
export interface ActorFacts {
  readonly type: string;
  readonly arn: string | undefined;
  readonly accountId: string | undefined;
  readonly principalId: string | undefined;
  readonly userName: string | undefined;
  readonly sessionName: string | undefined;
  readonly role: string | undefined;
  readonly permissionSet: string | undefined;
  readonly issuer: string | undefined;
  readonly sourceIdentity: string | undefined;
  readonly identityProvider: string | undefined;
  readonly invokedBy: string | undefined;
}

/** A name that a person can read for any identity: the human or the machine first, then in brackets how it came to act. */
export function actorName(facts: ActorFacts, identity: JsonObject, record: unknown): string {
  const name = nameByType(facts, identity, record) ?? anyName(facts, identity, record);
  return plainText(name, MAX_LENGTH);
}

function nameByType(facts: ActorFacts, identity: JsonObject, record: unknown): string | undefined {
  const { userName, principalId, accountId, sessionName } = facts;
  switch (facts.type) {
    case 'Root':
      return rootName(facts, identity);
    case 'IAMUser':
      return userName === undefined && sessionName !== undefined
        ? sessionOf(facts, identity, record)
        : iamUserName(facts);
    case 'AssumedRole':
      return sessionOf(facts, identity, record) ?? ofAccount('assumed role', accountId);
    case 'Role':
      return facts.role === undefined ? undefined : `role ${facts.role}`;
    case 'FederatedUser':
      return bracketed(sessionName ?? userName, federatedBy(facts));
    case 'SAMLUser':
      return bracketed(userName ?? afterColon(principalId), 'SAML');
    case 'WebIdentityUser':
      return bracketed(userName ?? webSubject(principalId), listed('web identity', facts.identityProvider));
    case 'Directory':
      return bracketed(userName ?? principalId, 'directory user');
    case 'IdentityCenterUser':
      return identityCenterUserName(facts, identity, record);
    case 'AWSAccount':
      return accountName(principalId, accountId);
    case 'AWSService':
      return facts.invokedBy ?? serviceOf(record);
    default:
      return undefined;
  }
}

function rootName({ accountId }: ActorFacts, identity: JsonObject): string {
  const root = accountId === undefined ? 'root' : `root of ${accountId}`;
  return booleanOf(fieldsOf(identity.sessionContext).assumedRoot) === true ? `${root} (AssumeRoot session)` : root;
}

/** CloudTrail hides the name typed at a failed console sign-in, as it may be a password. */
function iamUserName({ userName, principalId, accountId }: ActorFacts): string | undefined {
  if (userName === 'HIDDEN_DUE_TO_SECURITY_REASONS') return 'unknown user (CloudTrail hides the name)';
  return bracketed(userName ?? afterColon(principalId) ?? principalId, 'IAM user') ?? ofAccount('IAM user', accountId);
}

function sessionOf(facts: ActorFacts, identity: JsonObject, record: unknown): string | undefined {
  const { sessionName, role, permissionSet, sourceIdentity, issuer } = facts;
  if (sourceIdentity !== undefined && sourceIdentity !== sessionName) {
    return bracketed(sourceIdentity, listed(prefixed('role', role), prefixed('session', sessionName)));
  }
  const service = captured(issuer, /:role\/aws-service-role\/([^/]+)\//);
  if (service !== undefined && role !== undefined) return `${service} (service-linked role ${role})`;
  const acting = sessionName ?? facts.userName;
  if (acting === undefined) return prefixed('role', role);
  if (permissionSet !== undefined) return `${acting} (${permissionSet}, IAM Identity Center)`;
  return bracketed(`${machineOf(facts, identity, record)}${acting}`, prefixed('role', role));
}

/** EC2 names a session after the instance, ECS after the task, Lambda after the function; the last two are told by what surrounds them. */
function machineOf({ sessionName }: ActorFacts, identity: JsonObject, record: unknown): string {
  if (/^i-[0-9a-f]{8,17}$/i.test(sessionName ?? '')) return 'EC2 instance ';
  const { userAgent } = fieldsOf(record);
  const isEcs =
    /^[0-9a-f]{32}$/.test(sessionName ?? '') && typeof userAgent === 'string' && userAgent.includes('exec-env/AWS_ECS');
  if (isEcs) return 'ECS task ';
  const isLambda =
    fieldsOf(identity.inScopeOf).issuerType === 'AWS::Lambda::Function' ||
    (typeof userAgent === 'string' && userAgent.includes('exec-env/AWS_Lambda_'));
  return isLambda ? 'Lambda function ' : '';
}

function federatedBy({ issuer }: ActorFacts): string {
  const name = userInArn(issuer);
  return name === undefined ? 'federated user' : `federated by IAM user ${name}`;
}

function identityCenterUserName(facts: ActorFacts, identity: JsonObject, record: unknown): string | undefined {
  const typed = textOf(fieldsOf(fieldsOf(record).additionalEventData).UserName);
  const id = textOf(fieldsOf(identity.onBehalfOf).userId);
  return bracketed(facts.userName ?? typed ?? id ?? facts.principalId, 'IAM Identity Center user');
}

/** Another account's caller: CloudTrail shows no more of it than ids. */
function accountName(principalId: string | undefined, accountId: string | undefined): string | undefined {
  if ([accountId, principalId].some((id) => /^anonymous(_principal)?$/i.test(id ?? ''))) return 'anonymous';
  if (accountId === undefined) return principalId;
  const principal = afterColon(principalId) ?? principalId;
  return principal === undefined || principal === accountId
    ? `account ${accountId}`
    : `${principal} of account ${accountId}`;
}

/** A type that is missing, new, or without the fields that it should have. */
function anyName(facts: ActorFacts, identity: JsonObject, record: unknown): string {
  const known = facts.userName ?? sessionOf(facts, identity, record) ?? facts.invokedBy;
  if (known !== undefined) return known;
  const { sourceIPAddress, eventType } = fieldsOf(record);
  if (eventType === 'AwsCloudTrailInsight') return 'CloudTrail Insights';
  const source = textOf(sourceIPAddress);
  if (source !== undefined && isAwsServiceHost(source)) return source;
  const named = captured(facts.arn, /([^/:]+)$/) ?? facts.principalId;
  if (named !== undefined) return named;
  return (
    (eventType === 'AwsServiceEvent' ? serviceOf(record) : undefined) ?? ofAccount('unknown identity', facts.accountId)
  );
}

function bracketed(name: string | undefined, remark: string | undefined): string | undefined {
  return name === undefined || remark === undefined ? name : `${name} (${remark})`;
}

function listed(...parts: readonly (string | undefined)[]): string | undefined {
  const present = parts.filter((part) => part !== undefined);
  return present.length === 0 ? undefined : present.join(', ');
}

function prefixed(word: string, name: string | undefined): string | undefined {
  return name === undefined ? undefined : `${word} ${name}`;
}

function ofAccount(words: string, accountId: string | undefined): string {
  return accountId === undefined ? words : `${words} of ${accountId}`;
}

/** What follows the id in a principal such as `AROAEXAMPLE:session`. */
export function afterColon(text: string | undefined): string | undefined {
  return captured(text, /^[^:]*:(.+)$/);
}

/** The name of an IAM user, without its path. */
export function userInArn(arn: string | undefined): string | undefined {
  return captured(arn, /:user\/(?:.*\/)?([^/]+)$/);
}

/** The service that a record is from, which for its own events is who did it. */
function serviceOf(record: unknown): string | undefined {
  const source = textOf(fieldsOf(record).eventSource);
  return source !== undefined && isAwsServiceHost(source) ? source : undefined;
}

/** The subject within `provider:audience:subject`; all three may hold colons, Cognito's audience among them. */
function webSubject(principalId: string | undefined): string | undefined {
  return (
    captured(principalId, /^cognito-identity\..*:([^:]+)$/) ??
    captured(principalId, /^(?:arn:[^:]*:iam:[^:]*:[^:]*:oidc-provider\/)?[^:]+:[^:]+:(.+)$/) ??
    captured(principalId, /([^:]+)$/)
  );
}
