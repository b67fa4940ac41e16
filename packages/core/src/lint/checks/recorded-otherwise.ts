import type { EqualityTest, Literal } from '../../pattern/index.ts';
import type { PatternComplaint } from '../finding.ts';
import { equalsLiteral } from '../logic/equal-values.ts';

type Names = Readonly<Record<string, string>>;

/**
 * Lambda's older operations are recorded with the date of their API.
 * https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html
 */
const LAMBDA: Names = {
  AddPermission: 'AddPermission20150331v2',
  RemovePermission: 'RemovePermission20150331v2',
  GetPolicy: 'GetPolicy20150331v2',
  CreateFunction: 'CreateFunction20150331',
  DeleteFunction: 'DeleteFunction20150331',
  GetFunction: 'GetFunction20150331v2',
  GetFunctionConfiguration: 'GetFunctionConfiguration20150331v2',
  ListFunctions: 'ListFunctions20150331',
  ListVersionsByFunction: 'ListVersionsByFunction20150331',
  PublishVersion: 'PublishVersion20150331',
  UpdateFunctionCode: 'UpdateFunctionCode20150331v2',
  UpdateFunctionConfiguration: 'UpdateFunctionConfiguration20150331v2',
  CreateEventSourceMapping: 'CreateEventSourceMapping20150331',
  UpdateEventSourceMapping: 'UpdateEventSourceMapping20150331',
  DeleteEventSourceMapping: 'DeleteEventSourceMapping20150331',
  AddLayerVersionPermission: 'AddLayerVersionPermission20181031',
  PublishLayerVersion: 'PublishLayerVersion20181031',
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html */
const S3: Names = {
  GetPublicAccessBlock: 'GetBucketPublicAccessBlock',
  PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
  DeletePublicAccessBlock: 'DeleteBucketPublicAccessBlock',
  GetBucketLifecycleConfiguration: 'GetBucketLifecycle',
  PutBucketLifecycleConfiguration: 'PutBucketLifecycle',
  GetBucketNotificationConfiguration: 'GetBucketNotification',
  PutBucketNotificationConfiguration: 'PutBucketNotification',
  GetBucketAccelerateConfiguration: 'GetAccelerateConfiguration',
  PutBucketAccelerateConfiguration: 'PutAccelerateConfiguration',
  ListObjectsV2: 'ListObjects',
};

const RECORDED_AS: ReadonlyMap<string, Names> = new Map([
  ['lambda.amazonaws.com', LAMBDA],
  ['s3.amazonaws.com', S3],
]);

/** A name of an API that CloudTrail writes otherwise, so that the name alone equals nothing; unless `others` look for that. */
export function recordedOtherwise(
  { literal }: EqualityTest,
  sources: readonly string[] | undefined,
  others: readonly Literal[],
): PatternComplaint | undefined {
  const [source = '', ...more] = sources ?? [];
  const names = RECORDED_AS.get(source) ?? {};
  if (more.length > 0 || literal.kind !== 'text' || !Object.hasOwn(names, literal.text)) return undefined;
  const recorded = names[literal.text] ?? '';
  if (others.some((other) => equalsLiteral(other, recorded))) return undefined;
  const isVersion = recorded.startsWith(literal.text);
  const cured = isVersion ? `"${recorded.slice(0, literal.text.length + 4)}*"` : `"${recorded}"`;
  return {
    code: 'recorded-otherwise',
    span: literal.span,
    message: `CloudTrail writes ${recorded}, which ${literal.text} does not equal`,
    hint: `write ${cured}`,
  };
}
