import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';

export const EVENTS_A_PAYLOAD = 500;
const RECORDS_A_FILE = 2500;

/** What a subscription filter sends: base64 of gzip of JSON. */
export function packPayloads(messages: readonly string[], startMs: number): readonly string[] {
  return chunksOf(messages, EVENTS_A_PAYLOAD).map((chunk, payload) => {
    const logEvents = chunk.map((message, index) => ({
      id: `3858${String(payload * EVENTS_A_PAYLOAD + index).padStart(52, '7')}`,
      timestamp: startMs + index,
      message,
    }));
    const envelope = {
      messageType: 'DATA_MESSAGE',
      owner: '123837392027',
      logGroup: 'cloudtrail',
      logStream: '123837392027_CloudTrail_us-east-1',
      subscriptionFilters: ['trailbell'],
      logEvents,
    };
    return gzipSync(JSON.stringify(envelope)).toString('base64');
  });
}

/** CloudTrail's files in S3: gzip of JSON. */
export function packArchives(records: readonly string[]): readonly Buffer[] {
  return chunksOf(records, RECORDS_A_FILE).map((chunk) => gzipSync(`{"Records":[${chunk.join(',')}]}`));
}

function chunksOf<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
