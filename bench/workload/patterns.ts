import { SERVICES } from './calls.ts';
import type { Random } from './random.ts';
import { ACCOUNTS, USERS } from './records.ts';

const anyOf = (field: string, values: readonly string[]) =>
  values.map((value) => `($.${field} = ${value})`).join(' || ');
const names = (text: string) => anyOf('eventName', text.split(' '));

/** What the CIS benchmark asks to be monitored. */
export const CIS_PATTERNS: readonly string[] = [
  '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }',
  '{ $.eventName = "ConsoleLogin" && $.additionalEventData.MFAUsed != "Yes" && $.userIdentity.type = "IAMUser" && $.responseElements.ConsoleLogin = "Success" }',
  '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
  `{ ${names('DeleteGroupPolicy DeleteRolePolicy DeleteUserPolicy PutGroupPolicy PutRolePolicy PutUserPolicy CreatePolicy DeletePolicy CreatePolicyVersion DeletePolicyVersion AttachRolePolicy DetachRolePolicy AttachUserPolicy DetachUserPolicy AttachGroupPolicy DetachGroupPolicy')} }`,
  `{ ${names('CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging')} }`,
  '{ $.eventName = ConsoleLogin && $.errorMessage = "Failed authentication" }',
  `{ $.eventSource = kms.amazonaws.com && (${names('DisableKey ScheduleKeyDeletion')}) }`,
  `{ $.eventSource = s3.amazonaws.com && (${names('PutBucketAcl PutBucketPolicy PutBucketCors PutBucketLifecycle PutBucketReplication DeleteBucketPolicy DeleteBucketCors DeleteBucketLifecycle DeleteBucketReplication')}) }`,
  `{ $.eventSource = config.amazonaws.com && (${names('StopConfigurationRecorder DeleteDeliveryChannel PutDeliveryChannel PutConfigurationRecorder')}) }`,
  `{ ${names('AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress CreateSecurityGroup DeleteSecurityGroup')} }`,
  `{ ${names('CreateNetworkAcl CreateNetworkAclEntry DeleteNetworkAcl DeleteNetworkAclEntry ReplaceNetworkAclEntry ReplaceNetworkAclAssociation')} }`,
  `{ ${names('CreateCustomerGateway DeleteCustomerGateway AttachInternetGateway CreateInternetGateway DeleteInternetGateway DetachInternetGateway')} }`,
  `{ $.eventSource = ec2.amazonaws.com && (${names('CreateRoute CreateRouteTable ReplaceRoute ReplaceRouteTableAssociation DeleteRouteTable DeleteRoute DisassociateRouteTable')}) }`,
  `{ ${names('CreateVpc DeleteVpc ModifyVpcAttribute AcceptVpcPeeringConnection CreateVpcPeeringConnection DeleteVpcPeeringConnection RejectVpcPeeringConnection AttachClassicLinkVpc DetachClassicLinkVpc DisableVpcClassicLink EnableVpcClassicLink')} }`,
  `{ $.eventSource = organizations.amazonaws.com && (${names('AcceptHandshake AttachPolicy CreateAccount CreateOrganizationalUnit CreatePolicy DeclineHandshake DeleteOrganization InviteAccountToOrganization LeaveOrganization MoveAccount RemoveAccountFromOrganization UpdatePolicy')}) }`,
];

/** Two that say nothing of what an event has, only of what it has not: no field to look them up by. */
export const PATTERNS_WITHOUT_ATOM: readonly string[] = [
  '{ $.eventCategory != "Management" }',
  '{ $.eventVersion NOT EXISTS }',
];

const SYNTHETIC_VERBS = [
  'Create',
  'Delete',
  'Update',
  'Put',
  'Start',
  'Stop',
  'Attach',
  'Detach',
  'Modify',
  'Enable',
  'Disable',
];
const SYNTHETIC_NOUNS = [
  'Fleet',
  'Domain',
  'Pipeline',
  'Cluster',
  'Channel',
  'Bucket',
  'Gateway',
  'Key',
  'Policy',
  'Stack',
  'Job',
  'Model',
];

/**
 * As many rules as asked for, the 15 of CIS first. The others, of a hundred: 40 source, name and account; 20 source, one of three names,
 * not invoked by a service, not one type; 6 a name's beginning; 8 an ARN's beginning; 6 a user's ARN; 4 a number on RunInstances; 4 an error's
 * beginning; 3 a name's end and IS FALSE; 4 a read by a user of a session; 3 an address's beginning; 2 a name but not of one source.
 */
export function createPatterns(count: number, random: Random): readonly string[] {
  return Array.from({ length: count }, (_, index) => CIS_PATTERNS[index] ?? createPattern(index, random));
}

function createPattern(index: number, random: Random): string {
  const account = random.below(4) === 0 ? random.pick(ACCOUNTS) : String(400_000_000_000 + random.below(500) * 7919);
  const { source, name } = write(random);
  const lot = random.below(100);
  if (lot < 40)
    return `{ $.eventSource = "${source}" && $.eventName = "${name}" && $.recipientAccountId = "${account}" }`;
  if (lot < 60) {
    const three = [name, syntheticName(random), syntheticName(random)];
    return `{ $.eventSource = "${source}" && (${anyOf('eventName', three)}) && $.userIdentity.invokedBy NOT EXISTS && $.userIdentity.type != "AWSAccount" }`;
  }
  if (lot < 66) return `{ $.eventName = "${syntheticName(random)}${index}*" }`;
  if (lot < 74)
    return `{ $.userIdentity.arn = "arn:aws:iam::${account}:user/temporary-${random.below(5000)}*" && $.eventType = "AwsApiCall" }`;
  if (lot < 80) return `{ $.userIdentity.arn = "arn:aws:iam::${account}:user/contractor-${random.below(5000)}" }`;
  if (lot < 84)
    return `{ $.eventName = "RunInstances" && $.requestParameters.minCount >= ${2 + random.below(60)} && $.recipientAccountId = "${account}" }`;
  if (lot < 88) return `{ $.errorCode = "Client.${syntheticName(random)}*" }`;
  if (lot < 91)
    return `{ $.eventName = "*${random.pick(SYNTHETIC_NOUNS)}Access${random.below(900)}" && $.readOnly IS FALSE }`;
  if (lot < 95) {
    const read = random.pick(random.pick(SERVICES).reads);
    return `{ $.eventName = "${read}" && $.userIdentity.sessionContext.sessionIssuer.userName = "break-glass-${random.below(900)}" }`;
  }
  if (lot < 98) return `{ $.sourceIPAddress = "203.0.${random.below(250)}.${random.below(25)}*" }`;
  return `{ $.eventSource != "${source}" && $.eventName = "${syntheticName(random)}${random.pick(USERS)}" }`;
}

/** Mostly names that do not occur: most rules are about what hardly ever happens. */
function write(random: Random): { readonly source: string; readonly name: string } {
  const { source, writes } = random.pick(SERVICES);
  return { source, name: random.below(24) === 0 ? random.pick(writes) : syntheticName(random) };
}

function syntheticName(random: Random): string {
  const ending = random.pick(['', 'Version', 'Access', 'Set']);
  return `${random.pick(SYNTHETIC_VERBS)}${random.pick(SYNTHETIC_NOUNS)}${ending}${random.below(40)}`;
}
