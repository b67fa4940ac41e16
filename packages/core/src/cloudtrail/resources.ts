import type { Parameter } from './parameters.ts';
import { fieldsOf, textOf } from './record-fields.ts';

/** Parameters that name what a call is about. */
const NAMING_PARAMETERS: ReadonlySet<string> = new Set(
  `
    resourceArn policyArn roleArn functionArn topicArn queueUrl streamArn clusterArn userName roleName groupName
    policyName instanceProfileName virtualMFADeviceName accessKeyId sAMLProviderArn openIDConnectProviderArn
    serialNumber permissionSetArn principalArn targetId bucketName bucket keyId targetKeyId kmsKeyId aliasName
    secretId parameterName names name trailName s3BucketName detectorId configurationRecorderName deliveryChannelName
    logGroupName logGroupIdentifier filterName alarmName alarmNames ruleName stackName instanceId instanceIds imageId
    snapshotId volumeId groupId groupIds keyName securityGroupRuleIds vpcId subnetId routeTableId networkAclId
    internetGatewayId gatewayId networkInterfaceId natGatewayId transitGatewayId vpcPeeringConnectionId allocationId
    vpnGatewayId functionName layerName repositoryName clusterName cluster tableName streamName domainName
    dBInstanceIdentifier dBClusterIdentifier dBSnapshotIdentifier dBClusterSnapshotIdentifier fileSystemId restApiId
    apiId hostedZoneId distributionId webACLId accountId organizationId resourceId documentName modelId
    guardrailIdentifier projectName identityStoreId
  `
    .trim()
    .toLowerCase()
    .split(/\s+/),
);

/** What these hold selects resources or labels them. */
const SELECTING = /^(filters?|filterSet|filterCriteria|tag.*)$/i;

const MAX_RESOURCES = 5;
const MAX_LISTED = 500;

/**
 * What the call touched: the record's `resources` where CloudTrail lists them, otherwise what the request names, and where it names
 * nothing what the answer does. At most five ARNs or names, without repetition.
 */
export function resourcesOf(
  record: unknown,
  requested: readonly Parameter[],
  answered: readonly Parameter[],
): readonly string[] {
  const { resources } = fieldsOf(record);
  const listed = Array.isArray(resources) ? resources.slice(0, MAX_LISTED).flatMap(listedResource) : [];
  if (listed.length > 0) return firstOf(listed);
  const names = namesIn(requested);
  return firstOf(names.length > 0 ? names : namesIn(answered));
}

function firstOf(names: readonly string[]): readonly string[] {
  return [...new Set(names)].slice(0, MAX_RESOURCES);
}

function listedResource(resource: unknown): readonly string[] {
  const fields = fieldsOf(resource);
  const text = textOf(fields.ARN) ?? textOf(fields.arn) ?? textOf(fields.ARNPrefix) ?? textOf(fields.resourceName);
  return text === undefined ? [] : [text];
}

/** In the order of the parameters; an S3 object is told as `bucket/key`. */
function namesIn(parameters: readonly Parameter[]): readonly string[] {
  const objectKey = parameters.find(({ path }) => path === 'key')?.value;
  return parameters.flatMap((parameter) => {
    const text = isNaming(parameter) ? textOf(parameter.value) : undefined;
    if (text === undefined) return [];
    const isObject = parameter.path === 'bucketName' && typeof objectKey === 'string';
    return [isObject ? (textOf(`${text}/${objectKey}`) ?? text) : text];
  });
}

/** A plain `name` names the resource only at the top; deeper down it is a filter's, a tag's or an attribute's. */
function isNaming({ names, depth }: Parameter): boolean {
  const name = names.at(-1)?.toLowerCase() ?? '';
  if (!NAMING_PARAMETERS.has(name) || names.some((each) => SELECTING.test(each))) return false;
  return name !== 'name' || depth === 1;
}
