import { exampleId, type Actor, type JsonObject, type RoleSession } from './actor.ts';
import { createRandom } from './random.ts';
import { DAY, type Call } from './record.ts';

/** What a console sign-in adds to its actor and time. */
export function signIn(
  outcome: 'Success' | 'Failure',
  mfaUsed: 'Yes' | 'No',
): Pick<Call, 'action' | 'response' | 'fields'> {
  return {
    action: 'signin:ConsoleLogin',
    response: { ConsoleLogin: outcome },
    fields: {
      ...(outcome === 'Failure' && { errorMessage: 'Failed authentication' }),
      additionalEventData: {
        LoginTo: 'https://console.aws.amazon.com/console/home?hashArgs=%23&isauthcode=true',
        MobileVersion: 'No',
        MFAUsed: mfaUsed,
      },
      requestID: undefined,
      readOnly: false,
      eventType: 'AwsConsoleSignIn',
      tlsDetails: {
        tlsVersion: 'TLSv1.3',
        cipherSuite: 'TLS_AES_128_GCM_SHA256',
        clientProvidedHostHeader: 'eu-west-1.signin.aws.amazon.com',
      },
    },
  };
}

/** A refusal in the words of IAM. */
export function denied(code: string, by: Actor, action: string): readonly [string, string] {
  const arn = String(by.identity.arn ?? by.identity.invokedBy);
  if (code.startsWith('Client.')) {
    return [
      code,
      `You are not authorized to perform this operation. User: ${arn} is not authorized to perform: ${action}`,
    ];
  }
  return [code, `User: ${arn} is not authorized to perform: ${action}`];
}

/** The commonest refusal: nothing that is attached to the caller allows the call. */
export function noIdentityPolicy(by: Actor, action: string): readonly [string, string] {
  const [code, message] = denied('AccessDenied', by, action);
  return [code, `${message} because no identity-based policy allows the ${action} action`];
}

/** A role that is assumed: what is asked for, what STS gives, and the role as a resource. */
export function assuming(
  by: Actor,
  role: RoleSession,
  request: JsonObject = {},
): Pick<Call, 'request' | 'response' | 'fields'> {
  const { arn, principalId, accessKeyId } = role.identity;
  return {
    request: { roleArn: role.roleArn, roleSessionName: role.sessionName, durationSeconds: 3600, ...request },
    response: {
      credentials: {
        accessKeyId,
        sessionToken: exampleId('IQoJb3JpZ2luX2VjE', 160, JSON.stringify([arn, by.identity])),
      },
      assumedRoleUser: { assumedRoleId: principalId, arn },
    },
    fields: {
      resources: [{ accountId: role.accountId, type: 'AWS::IAM::Role', ARN: role.roleArn }],
    },
  };
}

/** A bucket that a call is about: S3's request parameters and resource. */
export function bucket(accountId: string, bucketName: string, more: JsonObject = {}): Pick<Call, 'request' | 'fields'> {
  return {
    request: { bucketName, Host: `${bucketName}.s3.eu-west-1.amazonaws.com`, ...more },
    fields: { resources: [{ accountId, type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucketName}` }] },
  };
}

/** A key of KMS that a call is about. */
export function key(accountId: string, alias: string, request: JsonObject): Pick<Call, 'request' | 'fields'> {
  const keyId = createRandom(`key ${accountId} ${alias}`).uuid();
  return {
    request,
    fields: {
      resources: [{ accountId, type: 'AWS::KMS::Key', ARN: `arn:aws:kms:eu-west-1:${accountId}:key/${keyId}` }],
    },
  };
}

/** One call that two accounts have in their trails: each record has an id of its own, and these two in common. */
export function sharedBy(name: string): JsonObject {
  const random = createRandom(`${DAY} ${name}`);
  return { requestID: random.uuid(), sharedEventID: random.uuid() };
}

/** A policy document as IAM's calls carry it: JSON in a string. */
export function permissions(actions: readonly string[], resource: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actions, Resource: resource }],
  });
}
