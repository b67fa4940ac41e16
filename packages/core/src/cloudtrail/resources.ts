import { fieldsOf, textOf } from './record-fields.ts';

/** Request parameters that name what a call is about. Nothing else of the parameters is read: they may hold secrets. */
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
const MAX_DEPTH = 6;
/** A request may carry 100 KB of parameters; a call that names so much is told by its first few names. */
const MAX_VISITS = 500;

/**
 * What the call touched: the record's `resources` where CloudTrail lists them, otherwise what the request names.
 * At most five ARNs or names, without repetition.
 */
export function resourcesOf(record: unknown): readonly string[] {
  const { resources, requestParameters } = fieldsOf(record);
  const listed = Array.isArray(resources) ? resources.slice(0, MAX_VISITS).flatMap(listedResource) : [];
  const found = listed.length > 0 ? listed : namesIn(requestParameters);
  return [...new Set(found)].slice(0, MAX_RESOURCES);
}

function listedResource(resource: unknown): readonly string[] {
  const fields = fieldsOf(resource);
  const text = textOf(fields.ARN) ?? textOf(fields.arn) ?? textOf(fields.ARNPrefix) ?? textOf(fields.resourceName);
  return text === undefined ? [] : [text];
}

/** Walks lists and nested objects (`instancesSet.items[].instanceId`) in their order; an S3 object is told as `bucket/key`. */
function namesIn(requestParameters: unknown): readonly string[] {
  const names: string[] = [];
  let visits = 0;
  const visit = (name: string, value: unknown, depth: number): void => {
    visits += 1;
    if (visits > MAX_VISITS || depth > MAX_DEPTH || names.length > MAX_RESOURCES) return;
    if (typeof value === 'string') {
      const text = isNaming(name, depth) ? textOf(value) : undefined;
      if (text !== undefined) names.push(text);
    } else if (Array.isArray(value)) {
      for (const item of value.slice(0, MAX_RESOURCES)) visit(name, item, depth + 1);
    } else {
      const fields = Object.entries(fieldsOf(value)).filter(([key]) => !SELECTING.test(key));
      for (const [key, field] of fields) visit(key, field, depth + 1);
    }
  };
  visit('', withObjectKey(fieldsOf(requestParameters)), 0);
  return names;
}

/** A plain `name` names the resource only at the top; deeper down it is a filter's, a tag's or an attribute's. */
function isNaming(name: string, depth: number): boolean {
  return NAMING_PARAMETERS.has(name.toLowerCase()) && (name !== 'name' || depth === 1);
}

function withObjectKey(parameters: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { bucketName, key } = parameters;
  if (typeof bucketName !== 'string' || typeof key !== 'string' || key === '') return parameters;
  return { ...parameters, bucketName: `${bucketName}/${key}` };
}
