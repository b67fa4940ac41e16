import type { CloudTrailRecord } from './a-month.ts';

const MARKUP = '<img src=x onerror="globalThis.wasRun = true"><b>bold</b>';
const SCRIPT = '</script><script>globalThis.wasRun = true</script><!--';
const BIDI = 'nimda\u202e\u2066 evil \u0007\u001b[31m\u2028end';
const HUGE = 'A'.repeat(200_000);

/** What is shown of each: text, as it is or with a sign in place of what cannot be seen. */
export const HOSTILE_TEXTS = [MARKUP, SCRIPT, 'nimda\ufffd\ufffd evil ␇␛[31m\ufffdend'] as const;

/** Records whose every field tries something. */
export function hostileRecords(): readonly CloudTrailRecord[] {
  return [MARKUP, SCRIPT, BIDI, HUGE, '__proto__', 'constructor'].map((text, index) => ({
    eventID: `hostile-${index}`,
    eventTime: `2026-03-11T0${index}:00:00Z`,
    eventName: 'StopLogging',
    eventSource: text,
    awsRegion: text,
    recipientAccountId: text,
    sourceIPAddress: text,
    userAgent: text,
    errorCode: text,
    errorMessage: text,
    requestParameters: { bucketName: text, [text]: text },
    userIdentity: { type: 'IAMUser', userName: text, arn: text, accountId: text },
  }));
}

/** Matches all of them, an alarm for each name; its own text is a user's, and as little to be trusted by a page. */
export const HOSTILE_RULE = `
name: stopped
title: 'Logging stopped </script><script>globalThis.wasRun = true</script>'
severity: critical
filterPattern: '{ $.eventName = "StopLogging" }'
groupBy: [$.userIdentity.userName]
expect: at most 1 incident a day
`;
