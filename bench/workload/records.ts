import { ALARMING, SERVICES } from './calls.ts';
import type { Random } from './random.ts';

export const ACCOUNTS = ['123837392027', '210987654321', '345678901234'] as const;
export const REGIONS = ['us-east-1', 'eu-west-1', 'eu-central-1'] as const;
const ROLES = [
  'ops-audit',
  'ci-deployer',
  'config-recorder',
  'inventory',
  'eks-node',
  'backup',
  'data-pipeline',
  'app-server',
];
export const USERS = [
  'benjamin',
  'alice',
  'carol',
  'dmitri',
  'erin',
  'farid',
  'grace',
  'heidi',
  'ivan',
  'judy',
] as const;
const AGENTS = [
  'aws-cli/2.15.30 Python/3.11.8 Linux/5.10.0-28-cloud-amd64 exe/x86_64.debian.11 prompt/off command/ec2.describe-instances',
  'Boto3/1.34.69 md/Botocore#1.34.69 ua/2.0 os/linux#5.15.0-1057-aws md/arch#x86_64 lang/python#3.10.12 md/pyimpl#CPython cfg/retry-mode#legacy Botocore/1.34.69',
  '[S3Console/0.4, aws-internal/3 aws-sdk-java/1.12.488 Linux/5.4.247-169.350.amzn2int.x86_64 OpenJDK_64-Bit_Server_VM/25.372-b08 java/1.8.0_372 vendor/Oracle_Corporation cfg/retry-mode/standard]',
  'APN/1.0 HashiCorp/1.0 Terraform/1.7.4 (+https://www.terraform.io) terraform-provider-aws/5.40.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.25.2 os/linux lang/go#1.21.8 md/GOOS#linux md/GOARCH#amd64 api/ec2#1.149.4',
  'config.amazonaws.com',
];
const READ_ERRORS = [
  'NoSuchTagSet',
  'NoSuchEntity',
  'ThrottlingException',
  'ServerSideEncryptionConfigurationNotFoundError',
  'NoSuchBucketPolicy',
];

type Json = Readonly<Record<string, unknown>>;

/**
 * One CloudTrail record, of 100 in the long run: 90 reads that no CIS pattern matches, 9 other writes, 1 that one does. Who calls,
 * from where and with which agent repeats as it does in a trail; ids, times and access keys are always new.
 */
export function createRecord(random: Random, timeMs: number): Json {
  const lot = random.below(100);
  if (lot === 0) return alarming(random, timeMs);
  const service = random.pick(SERVICES);
  const isRead = lot > 9;
  const name = random.pick(isRead ? service.reads : service.writes);
  return call(random, timeMs, { source: service.source, name, isRead });
}

interface Call {
  readonly source: string;
  readonly name: string;
  readonly isRead: boolean;
}

function call(random: Random, timeMs: number, { source, name, isRead }: Call): Json {
  const account = random.pick(ACCOUNTS);
  const hasError = isRead && random.below(100) < 12;
  return {
    eventVersion: '1.09',
    userIdentity: identity(random, account, timeMs),
    eventTime: timeOf(timeMs),
    eventSource: source,
    eventName: name,
    awsRegion: random.pick(REGIONS),
    sourceIPAddress:
      random.below(10) < 3 ? 'AWS Internal' : `10.${random.below(4)}.${random.below(8)}.${random.below(250)}`,
    userAgent: random.pick(AGENTS),
    ...(hasError && {
      errorCode: random.pick(READ_ERRORS),
      errorMessage: 'The specified configuration does not exist',
    }),
    requestParameters: parameters(random, source, account),
    responseElements: isRead ? null : { requestId: random.uuid(), _return: true },
    ...(random.below(3) === 0 && {
      additionalEventData: {
        SignatureVersion: 'SigV4',
        CipherSuite: 'ECDHE-RSA-AES128-GCM-SHA256',
        bytesTransferredIn: 0,
        AuthenticationMethod: 'AuthHeader',
        'x-amz-id-2': random.id('', 76),
        bytesTransferredOut: random.below(2000),
      },
    }),
    requestID: random.uuid(),
    eventID: random.uuid(),
    readOnly: isRead,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
    ...(random.below(2) === 0 && {
      tlsDetails: {
        tlsVersion: 'TLSv1.3',
        cipherSuite: 'TLS_AES_128_GCM_SHA256',
        clientProvidedHostHeader: source.replace('.', `.${random.pick(REGIONS)}.`),
      },
    }),
  };
}

function alarming(random: Random, timeMs: number): Json {
  const lot = random.below(ALARMING.length + 3);
  const [source, name] = ALARMING[lot] ?? ['ec2.amazonaws.com', 'DescribeInstances'];
  const record = call(random, timeMs, { source, name, isRead: false });
  if (lot < ALARMING.length) return record;
  if (lot === ALARMING.length)
    return { ...record, errorCode: 'Client.UnauthorizedOperation', errorMessage: 'You are not authorized' };
  if (lot === ALARMING.length + 1)
    return { ...record, userIdentity: { type: 'Root', principalId: '1', accountId: '1' } };
  return { ...record, errorCode: 'AccessDenied' };
}

function identity(random: Random, account: string, timeMs: number): Json {
  const accessKeyId = random.id('ASIA', 16);
  if (random.below(10) < 3) {
    const userName = random.pick(USERS);
    return {
      type: 'IAMUser',
      principalId: `AIDATFQR7NSC${userName.toUpperCase()}`,
      arn: `arn:aws:iam::${account}:user/${userName}`,
      accountId: account,
      accessKeyId,
      userName,
      ...(random.below(2) === 0 && {
        sessionContext: { attributes: { creationDate: timeOf(timeMs - 3_600_000), mfaAuthenticated: 'true' } },
      }),
    };
  }
  const role = random.pick(ROLES);
  const session = random.pick(USERS);
  return {
    type: 'AssumedRole',
    principalId: `AROATFQR7NSC${role.toUpperCase()}:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
    accountId: account,
    accessKeyId,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: `AROATFQR7NSC${role.toUpperCase()}`,
        arn: `arn:aws:iam::${account}:role/${role}`,
        accountId: account,
        userName: role,
      },
      webIdFederationData: {},
      attributes: { creationDate: timeOf(timeMs - 1_800_000), mfaAuthenticated: 'false' },
    },
  };
}

function parameters(random: Random, source: string, account: string): Json | null {
  switch (source) {
    case 's3.amazonaws.com': {
      const bucketName = `${random.pick(USERS)}-bucket-securitylogs-13nrzhi7fcs7w`;
      return { bucketName, Host: `${bucketName}.s3.us-east-1.amazonaws.com` };
    }
    case 'ec2.amazonaws.com':
      return {
        maxResults: random.pick([100, 500, 1000]),
        instancesSet: { items: [{ instanceId: `i-${random.hex(17)}` }] },
        filterSet: { items: [{ name: 'instance-state-name', valueSet: { items: [{ value: 'running' }] } }] },
        minCount: 1 + random.below(3),
      };
    case 'kms.amazonaws.com':
      return {
        encryptionContext: { 'aws:ebs:id': `vol-${random.hex(17)}` },
        keyId: `arn:aws:kms:us-east-1:${account}:key/${random.pick(['aa', 'bb', 'cc'])}11-22`,
        encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      };
    case 'iam.amazonaws.com':
      return { roleName: random.pick(ROLES), maxItems: 100 };
    default:
      return random.below(3) === 0
        ? null
        : { nextToken: random.hex(20), maxResults: 50, resourceName: random.pick(ROLES) };
  }
}

function timeOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
