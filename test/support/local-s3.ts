import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request as S3 gets it: what it asks for, in short. */
export interface S3Request {
  readonly operation: 'ListObjectsV2' | 'GetObject' | 'PutObject' | 'HeadBucket';
  readonly bucket: string;
  /** The prefix that is listed, or the key that is read or written. */
  readonly of: string;
  readonly range?: string;
  readonly startAfter?: string;
}

export interface LocalS3 extends AsyncDisposable {
  readonly url: string;
  /** Of the archive. */
  readonly objects: Map<string, Buffer>;
  /** Of the work bucket. */
  readonly work: Map<string, Buffer>;
  readonly requests: S3Request[];
  /** Answers a request otherwise, where it returns true. */
  failing: ((request: S3Request, response: ServerResponse) => boolean) | undefined;
}

const PAGE_KEYS = 3;

/**
 * What of S3 backtests need, over HTTP: ListObjectsV2 in pages of three, GetObject with ranges and If-Match, PutObject and HeadBucket.
 * Two buckets in eu-west-1, by their names.
 */
export async function startLocalS3({ archive = 'trail', work: workBucket = 'work' } = {}): Promise<LocalS3> {
  const [objects, work] = [new Map<string, Buffer>(), new Map<string, Buffer>()];
  const buckets = new Map([
    [archive, objects],
    [workBucket, work],
  ]);
  const requests: S3Request[] = [];
  const server = createServer((request, response) => {
    const asked = requestOf(request);
    requests.push(asked);
    if (local.failing?.(asked, response) === true) return;
    const bucket = buckets.get(asked.bucket);
    if (bucket === undefined) refuse(response, 404, 'NoSuchBucket');
    else if (asked.operation === 'ListObjectsV2') list(urlOf(request).searchParams, bucket, response);
    else if (asked.operation === 'PutObject') void put(asked.of, request, bucket, response);
    else if (asked.operation === 'HeadBucket') response.writeHead(200, { 'x-amz-bucket-region': 'eu-west-1' }).end();
    else get(asked.of, request, bucket, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const local: LocalS3 = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    work,
    requests,
    failing: undefined,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return local;
}

/** Answers with one of S3's errors. */
export function refuse(response: ServerResponse, status: number, code: string): void {
  response
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}

function urlOf(request: IncomingMessage): URL {
  return new URL(request.url ?? '/', 'http://127.0.0.1');
}

function requestOf(request: IncomingMessage): S3Request {
  const { pathname, searchParams } = urlOf(request);
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/.exec(decodeURIComponent(pathname)) ?? [];
  if (request.method === 'HEAD') return { operation: 'HeadBucket', bucket, of: '' };
  if (request.method === 'PUT') return { operation: 'PutObject', bucket, of: key };
  if (searchParams.get('list-type') === '2') {
    const startAfter = searchParams.get('start-after');
    return {
      operation: 'ListObjectsV2',
      bucket,
      of: searchParams.get('prefix') ?? '',
      ...(startAfter !== null && { startAfter }),
    };
  }
  const { range } = request.headers;
  return { operation: 'GetObject', bucket, of: key, ...(range !== undefined && { range }) };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
function list(asked: URLSearchParams, objects: ReadonlyMap<string, Buffer>, response: ServerResponse): void {
  const prefix = asked.get('prefix') ?? '';
  const delimiter = asked.get('delimiter');
  const after = asked.get('continuation-token') ?? asked.get('start-after') ?? '';
  const limit = Math.min(PAGE_KEYS, Number(asked.get('max-keys') ?? PAGE_KEYS));
  const entries = new Set(
    [...objects.keys()]
      .filter((key) => key.startsWith(prefix))
      .map((key) => {
        const cut = delimiter === null ? -1 : key.indexOf(delimiter, prefix.length);
        return cut === -1 ? key : key.slice(0, cut + 1);
      }),
  );
  const left = [...entries].filter((entry) => entry > after).sort();
  const page = left.slice(0, limit);
  const isFolder = (entry: string) => delimiter !== null && entry.endsWith(delimiter);
  const parts = page.map((entry) =>
    isFolder(entry)
      ? `<CommonPrefixes><Prefix>${entry}</Prefix></CommonPrefixes>`
      : `<Contents><Key>${entry}</Key><Size>${objects.get(entry)?.length ?? 0}</Size></Contents>`,
  );
  const next = left.length > page.length ? `<NextContinuationToken>${page.at(-1) ?? ''}</NextContinuationToken>` : '';
  response
    .writeHead(200, { 'content-type': 'application/xml' })
    .end(
      `<?xml version="1.0"?><ListBucketResult>${parts.join('')}<IsTruncated>${String(next !== '')}</IsTruncated>${next}</ListBucketResult>`,
    );
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
async function put(
  key: string,
  request: IncomingMessage,
  objects: Map<string, Buffer>,
  response: ServerResponse,
): Promise<void> {
  objects.set(key, await buffer(request));
  response.writeHead(200).end();
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
function get(
  key: string,
  { headers }: IncomingMessage,
  objects: ReadonlyMap<string, Buffer>,
  response: ServerResponse,
): void {
  const object = objects.get(key);
  if (object === undefined) {
    refuse(response, 404, 'NoSuchKey');
    return;
  }
  const eTag = `"${createHash('md5').update(object).digest('hex')}"`;
  if (headers['if-match'] !== undefined && headers['if-match'] !== eTag) {
    refuse(response, 412, 'PreconditionFailed');
    return;
  }
  const [, from = '0', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? 'bytes=0-') ?? [];
  const [start, end] = [Number(from), Math.min(object.length - 1, to === '' ? Infinity : Number(to))];
  if (start >= object.length) {
    refuse(response, 416, 'InvalidRange');
    return;
  }
  response
    .writeHead(206, {
      'content-length': end - start + 1,
      'content-range': `bytes ${start}-${end}/${object.length}`,
      etag: eTag,
    })
    .end(object.subarray(start, end + 1));
}
