import { actorName, afterColon, userInArn } from './actor-name.ts';
import { booleanOf, captured, definedOnly, fieldsOf, textOf } from './record-fields.ts';

/** Who made a call: CloudTrail's `userIdentity`, read so that a person can tell who it was. */
export interface Actor {
  /** CloudTrail's `userIdentity.type`; `Unknown` where there is none. */
  readonly type: string;
  /** A name for a person to read, whatever the identity; never empty. */
  readonly name: string;
  readonly arn?: string;
  readonly accountId?: string;
  readonly principalId?: string;
  readonly userName?: string;
  /** The session of an assumed role or a federated user: for IAM Identity Center the person, for EC2 the instance. */
  readonly sessionName?: string;
  readonly role?: string;
  /** The permission set of an IAM Identity Center session. */
  readonly permissionSet?: string;
  /** The ARN of what issued the session's credentials. */
  readonly issuer?: string;
  /** Who first assumed a role, kept by AWS through every further role. */
  readonly sourceIdentity?: string;
  readonly identityProvider?: string;
  readonly accessKeyId?: string;
  readonly mfaAuthenticated?: boolean;
  /** The AWS service that made the call on the identity's behalf. */
  readonly invokedBy?: string;
  /** Whether the identity belongs to another account than the record; absent where one of them is not known. */
  readonly isCrossAccount?: boolean;
}

/**
 * Reads a `userIdentity`, with the record around it where there is one (it knows the receiving account, whether a console
 * sign-in used MFA, and which run-time environment called). Never throws: what cannot be read is absent.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
export function resolveActor(userIdentity: unknown, record?: unknown): Actor {
  const identity = fieldsOf(userIdentity);
  const session = fieldsOf(identity.sessionContext);
  const issuer = fieldsOf(session.sessionIssuer);
  const issuerArn = textOf(issuer.arn);
  const arn = textOf(identity.arn);
  const type = textOf(identity.type, 64) ?? 'Unknown';
  const principalId = textOf(identity.principalId);
  const assumedRole = captured(arn, /:assumed-role\/([^/]+)/);
  const isSession = assumedRole !== undefined || type === 'AssumedRole' || type === 'FederatedUser';
  const role =
    isSession && type !== 'FederatedUser'
      ? (textOf(issuer.userName) ?? assumedRole)
      : captured(arn, /:role\/(?:.*\/)?([^/]+)$/);
  const accountId =
    textOf(identity.accountId, 64) ?? captured(arn, /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/) ?? textOf(issuer.accountId, 64);
  const facts = {
    type,
    arn,
    accountId,
    principalId,
    userName: textOf(identity.userName) ?? userInArn(arn),
    sessionName: isSession ? (sessionInArn(arn) ?? afterColon(principalId)) : undefined,
    role,
    permissionSet: permissionSetOf(role, issuerArn),
    issuer: issuerArn,
    sourceIdentity: textOf(session.sourceIdentity),
    identityProvider: textOf(identity.identityProvider) ?? federatedProvider(session.webIdFederationData),
    accessKeyId: textOf(identity.accessKeyId, 128),
    mfaAuthenticated: usedMfa(session, record),
    invokedBy: textOf(identity.invokedBy),
    isCrossAccount: differs(accountId, textOf(fieldsOf(record).recipientAccountId, 64)),
  };
  return definedOnly({ ...facts, name: actorName(facts, identity, record) });
}

function sessionInArn(arn: string | undefined): string | undefined {
  return captured(arn, /:assumed-role\/[^/]+\/(.+)$/) ?? captured(arn, /:federated-user\/(.+)$/);
}

/** Anybody may name a role like one of IAM Identity Center's, but not put it under AWS's path. */
function permissionSetOf(role: string | undefined, issuerArn: string | undefined): string | undefined {
  if (issuerArn !== undefined && !/:role\/aws-reserved\/sso\.amazonaws\.com(\.cn)?\//.test(issuerArn)) return undefined;
  return captured(role, /^AWSReservedSSO_(.+?)(?:_[0-9a-f]{16})?$/);
}

function federatedProvider(webIdFederationData: unknown): string | undefined {
  return textOf(fieldsOf(webIdFederationData).federatedProvider);
}

/** A session says `mfaAuthenticated`; a console sign-in, which has no session yet, `MFAUsed`. */
function usedMfa(session: Readonly<Record<string, unknown>>, record: unknown): boolean | undefined {
  const ofSession = booleanOf(fieldsOf(session.attributes).mfaAuthenticated);
  return ofSession ?? booleanOf(fieldsOf(fieldsOf(record).additionalEventData).MFAUsed);
}

function differs(accountId: string | undefined, recipientAccountId: string | undefined): boolean | undefined {
  const areKnown = [accountId, recipientAccountId].every((id) => /^\d{12}$/.test(id ?? ''));
  return areKnown ? accountId !== recipientAccountId : undefined;
}
