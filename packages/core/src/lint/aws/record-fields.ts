/**
 * What a CloudTrail record holds, and as what.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
export type RecordField = TextField | BooleanField | NumberField | MapField | ListField | OpenField;

export interface TextField {
  readonly kind: 'text';
  /** `always`: every record that an alarm can be about has it, with something in it. */
  readonly presence: 'always' | 'sometimes';
  /** All values that it can have, where they are few. */
  readonly values?: readonly string[];
  /** What its values look like, where they are many. */
  readonly form?: 'account' | 'region' | 'source' | 'event-name' | 'address' | 'error-code';
}

/** A JSON boolean: it compares with nothing, and `IS TRUE` and `IS FALSE` look at it. */
export interface BooleanField {
  readonly kind: 'boolean';
}

export interface NumberField {
  readonly kind: 'number';
}

export interface MapField {
  readonly kind: 'map';
  readonly fields: RecordFields;
}

export interface ListField {
  readonly kind: 'list';
  readonly element: RecordField;
}

/** What a service puts there is its own affair; the names that are known are spelled so. */
export interface OpenField {
  readonly kind: 'open';
  readonly known?: RecordFields;
}

export type RecordFields = Readonly<Record<string, RecordField>>;

const text: TextField = { kind: 'text', presence: 'sometimes' };
const always: TextField = { kind: 'text', presence: 'always' };
const account: TextField = { kind: 'text', presence: 'sometimes', form: 'account' };
const boolean: BooleanField = { kind: 'boolean' };

const trueOrFalse: TextField = { kind: 'text', presence: 'sometimes', values: ['true', 'false'] };

const map = (fields: RecordFields): MapField => ({ kind: 'map', fields });
const list = (element: RecordField): ListField => ({ kind: 'list', element });
const open = (known?: RecordFields): OpenField => ({ kind: 'open', ...(known && { known }) });

const IDENTITY_TYPES = [
  'Root',
  'IAMUser',
  'AssumedRole',
  'Role',
  'FederatedUser',
  'Directory',
  'AWSAccount',
  'AWSService',
  'IdentityCenterUser',
  'SAMLUser',
  'WebIdentityUser',
  'Unknown',
] as const;

const SESSION_CONTEXT = map({
  attributes: map({ creationDate: text, mfaAuthenticated: trueOrFalse }),
  sessionIssuer: map({ type: text, principalId: text, arn: text, accountId: account, userName: text }),
  webIdFederationData: map({ federatedProvider: text, attributes: open() }),
  sourceIdentity: text,
  ec2RoleDelivery: text,
  ec2IssuedInVpc: text,
  assumedRoot: open(),
});

const USER_IDENTITY = map({
  type: { kind: 'text', presence: 'always', values: IDENTITY_TYPES },
  userName: text,
  principalId: text,
  arn: text,
  accountId: account,
  accessKeyId: text,
  invokedBy: text,
  identityProvider: text,
  credentialId: text,
  sessionContext: SESSION_CONTEXT,
  onBehalfOf: map({ userId: text, identityStoreArn: text }),
  inScopeOf: map({ sourceArn: text, sourceAccount: account, issuerType: text, credentialsIssuedTo: text }),
  invokedByDelegate: open(),
  delegatedBy: open(),
});

/** The fields of a record. */
export const RECORD_FIELDS: RecordFields = {
  eventVersion: always,
  userIdentity: USER_IDENTITY,
  eventTime: always,
  eventSource: { kind: 'text', presence: 'always', form: 'source' },
  eventName: { kind: 'text', presence: 'always', form: 'event-name' },
  awsRegion: { kind: 'text', presence: 'always', form: 'region' },
  sourceIPAddress: { kind: 'text', presence: 'always', form: 'address' },
  userAgent: always,
  errorCode: { kind: 'text', presence: 'sometimes', form: 'error-code' },
  errorMessage: text,
  requestParameters: open(),
  responseElements: open({ ConsoleLogin: { kind: 'text', presence: 'sometimes', values: ['Success', 'Failure'] } }),
  additionalEventData: open({
    MFAUsed: { kind: 'text', presence: 'sometimes', values: ['Yes', 'No'] },
    MFAIdentifier: text,
    LoginTo: text,
    MobileVersion: text,
    SamlProviderArn: text,
    SwitchFrom: text,
    RedirectTo: text,
  }),
  requestID: text,
  eventID: always,
  eventType: {
    kind: 'text',
    presence: 'always',
    values: [
      'AwsApiCall',
      'AwsServiceEvent',
      'AwsConsoleAction',
      'AwsConsoleSignIn',
      'AwsCloudTrailInsight',
      'AwsVpceEvent',
    ],
  },
  apiVersion: text,
  managementEvent: boolean,
  readOnly: boolean,
  resources: list(map({ ARN: text, ARNPrefix: text, arn: text, accountId: account, type: text })),
  recipientAccountId: { kind: 'text', presence: 'always', form: 'account' },
  serviceEventDetails: open(),
  sharedEventID: text,
  vpcEndpointId: text,
  vpcEndpointAccountId: account,
  eventCategory: {
    kind: 'text',
    presence: 'always',
    values: ['Management', 'Data', 'Insight', 'NetworkActivity'],
  },
  addendum: map({ reason: text, updatedFields: text, originalRequestID: text, originalEventID: text }),
  sessionCredentialFromConsole: trueOrFalse,
  edgeDeviceDetails: open(),
  tlsDetails: map({ tlsVersion: text, cipherSuite: text, clientProvidedHostHeader: text, keyExchange: text }),
  eventContext: open(),
  insightDetails: open(),
  insightSource: text,
};

/** What records of other pipelines, or people's habits, call a field: its path in CloudTrail's own record. */
export const OTHER_FIELD_NAMES: Readonly<Record<string, string>> = {
  account: 'recipientAccountId',
  accountId: 'recipientAccountId',
  actor: 'userIdentity.arn',
  arn: 'userIdentity.arn',
  event: 'eventName',
  eventId: 'eventID',
  ip: 'sourceIPAddress',
  invokedBy: 'userIdentity.invokedBy',
  mfaAuthenticated: 'userIdentity.sessionContext.attributes.mfaAuthenticated',
  MFAUsed: 'additionalEventData.MFAUsed',
  ConsoleLogin: 'responseElements.ConsoleLogin',
  name: 'eventName',
  principalId: 'userIdentity.principalId',
  region: 'awsRegion',
  service: 'eventSource',
  sessionContext: 'userIdentity.sessionContext',
  sessionIssuer: 'userIdentity.sessionContext.sessionIssuer',
  source: 'eventSource',
  sourceIp: 'sourceIPAddress',
  time: 'eventTime',
  timestamp: 'eventTime',
  type: 'eventType',
  user: 'userIdentity',
  userName: 'userIdentity.userName',
  username: 'userIdentity.userName',
  'userIdentity.account': 'userIdentity.accountId',
  'userIdentity.name': 'userIdentity.userName',
  'userIdentity.user': 'userIdentity.userName',
  'userIdentity.mfaAuthenticated': 'userIdentity.sessionContext.attributes.mfaAuthenticated',
  'userIdentity.sessionIssuer': 'userIdentity.sessionContext.sessionIssuer',
  'userIdentity.attributes': 'userIdentity.sessionContext.attributes',
  'userIdentity.sourceIdentity': 'userIdentity.sessionContext.sourceIdentity',
  'userIdentity.sessionContext.mfaAuthenticated': 'userIdentity.sessionContext.attributes.mfaAuthenticated',
  'userIdentity.sessionContext.userName': 'userIdentity.sessionContext.sessionIssuer.userName',
  'userIdentity.sessionContext.arn': 'userIdentity.sessionContext.sessionIssuer.arn',
};
