import { assumedRole, exampleId, type Actor, type Place, type RoleSession } from './actor.ts';
import { PRODUCTION, SCANNER_VENDOR, STAGING } from './cast.ts';
import { createRandom } from './random.ts';
import { onTheDay } from './record.ts';

const LAMBDA_RUNTIME: Place = {
  sourceIPAddress: '192.0.2.66',
  userAgent:
    'aws-sdk-js/3.758.0 ua/2.1 os/linux#5.10.234-243.895.amzn2.x86_64 lang/js md/nodejs#22.14.0 exec-env/AWS_Lambda_nodejs22.x',
};
const WEB_SERVER: Place = {
  sourceIPAddress: '192.0.2.131',
  userAgent: 'aws-sdk-go/1.55.5 (go1.23.6; linux; arm64) amazon-ssm-agent/3.3.1802.0',
};
const POD: Place = {
  sourceIPAddress: '192.0.2.201',
  userAgent: 'aws-sdk-go-v2/1.36.1 os/linux lang/go#1.23.6 md/GOOS#linux md/GOARCH#arm64',
};
const SCANNER: Place = {
  sourceIPAddress: '198.51.100.211',
  userAgent:
    'Boto3/1.36.23 md/Botocore#1.36.23 ua/2.0 os/linux#5.15.0 md/arch#x86_64 lang/python#3.11.11 posture-scanner/8.2',
};
const WORKFLOW: Place = {
  sourceIPAddress: '198.51.100.180',
  userAgent: 'configure-aws-credentials-for-github-actions',
};
const WORKFLOW_CLI: Place = {
  ...WORKFLOW,
  userAgent: 'aws-cli/2.24.20 md/awscrt#0.23.8 os/linux#6.8.0-1021-azure lang/python#3.12.9',
};

/** The roles of functions: the session is named after the function. */
export function lambdaFunction(accountId: string, functionName: string): RoleSession {
  return assumedRole({
    accountId,
    role: `${functionName}-role`,
    rolePath: '/service-role/',
    sessionName: functionName,
    startedAt: onTheDay('00:00:04'),
    place: LAMBDA_RUNTIME,
  });
}

/** An instance of the web servers, with credentials that it fetched through IMDSv2. */
export function webServer(instanceId: string): RoleSession {
  return assumedRole({
    accountId: PRODUCTION,
    role: 'web-server',
    sessionName: instanceId,
    startedAt: onTheDay('00:00:31'),
    place: WEB_SERVER,
    context: { ec2RoleDelivery: '2.0' },
  });
}

/** A service that works through its service-linked role, in the account whose resources it looks after. */
export function serviceLinkedRole(accountId: string, role: string, service: string, sessionName: string): RoleSession {
  return assumedRole({
    accountId,
    role,
    rolePath: `/aws-service-role/${service}/`,
    sessionName,
    startedAt: onTheDay('00:00:00'),
    place: { sourceIPAddress: service, userAgent: service },
    identity: { invokedBy: service },
  });
}

/** The same actor, when a service calls another one on their behalf. */
export function through(service: string, actor: Actor): Actor {
  return {
    accountId: actor.accountId,
    sourceIPAddress: service,
    userAgent: service,
    identity: { ...actor.identity, invokedBy: service },
  };
}

/** A token that a web identity provider has signed, on its way to a role. */
function webIdentityUser(accountId: string, provider: string, subject: string, audience: string, place: Place): Actor {
  return {
    accountId,
    ...place,
    identity: {
      type: 'WebIdentityUser',
      principalId: `${provider}:${audience}:${subject}`,
      userName: subject,
      identityProvider: provider,
    },
  };
}

function webIdentityRole(
  accountId: string,
  role: string,
  sessionName: string,
  provider: string,
  place: Place,
): RoleSession {
  const webIdFederationData = { federatedProvider: provider, attributes: {} };
  const startedAt = onTheDay('00:00:09');
  return assumedRole({ accountId, role, sessionName, startedAt, place, context: { webIdFederationData } });
}

const EKS_PROVIDER = `arn:aws:iam::${STAGING}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/${createRandom('staging cluster').code(32)}`;

/** A pod in the staging cluster: its service account, and the role that it becomes (IRSA). */
export function pod(serviceAccount: string): { readonly token: Actor; readonly role: RoleSession } {
  const subject = `system:serviceaccount:kube-system:${serviceAccount}`;
  return {
    token: webIdentityUser(STAGING, EKS_PROVIDER, subject, 'sts.amazonaws.com', POD),
    role: webIdentityRole(STAGING, `staging-${serviceAccount}`, `${serviceAccount}-1741651209`, EKS_PROVIDER, POD),
  };
}

/** A deployment by GitHub Actions, without long-lived keys. */
export function workflow(accountId: string, repository: string): { readonly token: Actor; readonly role: RoleSession } {
  const provider = `arn:aws:iam::${accountId}:oidc-provider/token.actions.githubusercontent.com`;
  const subject = `repo:example-ferries/${repository}:ref:refs/heads/main`;
  return {
    token: webIdentityUser(accountId, provider, subject, 'sts.amazonaws.com', WORKFLOW),
    role: webIdentityRole(accountId, 'github-deploy', 'GitHubActions', provider, WORKFLOW_CLI),
  };
}

/** The vendor's scanner: first the vendor's own principal, asking in from another account, then our role. */
export function scanner(accountId: string): { readonly vendor: Actor; readonly role: RoleSession } {
  const identity = {
    type: 'AWSAccount',
    principalId: `${exampleId('AROA', 21, 'scanner')}:scan`,
    accountId: SCANNER_VENDOR,
  };
  return {
    vendor: { accountId, ...SCANNER, identity },
    role: assumedRole({
      accountId,
      role: 'posture-scanner',
      sessionName: 'nightly-scan',
      startedAt: onTheDay('03:00:02'),
      place: SCANNER,
    }),
  };
}
