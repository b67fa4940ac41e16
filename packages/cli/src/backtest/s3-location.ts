/** A bucket and a key in it, or the beginning of keys. */
export interface S3Location {
  readonly bucket: string;
  readonly key: string;
}

const S3_URI = /^s3:\/\/([^/]+)(?:\/(.*))?$/s;

/** Reads `s3://bucket/key`; undefined for anything else. */
export function s3Location(uri: string): S3Location | undefined {
  const [, bucket, key = ''] = S3_URI.exec(uri) ?? [];
  return bucket === undefined ? undefined : { bucket, key };
}

export function s3Uri({ bucket, key }: S3Location): string {
  return `s3://${bucket}/${key}`;
}
