import { HeadBucketCommand } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { partitionOf } from '@trailbell/core/cloudtrail';
import { awsFailure } from '../../deployed/aws-failure.ts';
import { s3Client } from '../s3-client.ts';
import type { S3Location } from '../s3-location.ts';
import { INDEX_NAME } from './plan-folder.ts';

/**
 * What to give the AWS CLI so that a plan's shards are scanned. The state machine lies beside its work bucket and has the same name;
 * where AWS does not tell region and account, `STATE_MACHINE` stands for its ARN.
 */
export async function startCommand({ bucket, key }: S3Location): Promise<string> {
  const arn = (await stateMachineArn(bucket)) ?? 'STATE_MACHINE';
  const input = JSON.stringify({ plan: key + INDEX_NAME, results: `${key}results` });
  return `aws stepfunctions start-execution --state-machine-arn ${arn} --input '${input}'`;
}

async function stateMachineArn(bucket: string): Promise<string | undefined> {
  const s3 = s3Client();
  try {
    const { BucketRegion: region = await s3.config.region() } = await s3.send(
      new HeadBucketCommand({ Bucket: bucket }),
    );
    const sts = new STSClient({ region });
    const { Account: account = '' } = await sts.send(new GetCallerIdentityCommand()).finally(() => {
      sts.destroy();
    });
    return `arn:${partitionOf(region)}:states:${region}:${account}:stateMachine:${bucket}`;
  } catch (error) {
    awsFailure(error);
    return undefined;
  }
}
