import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { shortUserAgent } from './user-agent.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:102.0) Gecko/20100101 Firefox/102.0';
const EDGE =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/120.0.2210.91';
const SAFARI =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Safari/605.1.15';
const LAMBDA =
  'Boto3/1.34.42 md/Botocore#1.34.42 ua/2.0 os/linux#5.10.0 lang/python#3.12.1 exec-env/AWS_Lambda_python3.12 Botocore/1.34.42';

test.each([
  ['aws-cli/2.15.30 md/awscrt#0.19.19 ua/2.0 os/linux#6.1.0 exe/x86_64 md/command#iam.create-user', 'aws-cli/2.15'],
  ['aws-cli/1.18.136 Python/3.8.5 Darwin/19.5.0 botocore/1.17.59', 'aws-cli/1.18 botocore/1.17'],
  ['[aws-cli/2.13.0 md/awscrt#0.21.2 ua/2.0]', 'aws-cli/2.13'],
  ['aws-cli/2.31.1 md/awscrt#0.27.6 exec-env/CloudShell', 'aws-cli/2.31 in CloudShell'],
  [
    'APN/1.0 HashiCorp/1.0 Terraform/1.1.2 (+https://www.terraform.io) terraform-provider-aws/3.71.0 aws-sdk-go/1.42.23 (go1.16; linux; amd64)',
    'Terraform/1.1 aws-sdk-go/1.42',
  ],
  [LAMBDA, 'Boto3/1.34 in Lambda'],
  ['aws-sdk-js/3.450.0 exec-env/AWS_ECS_FARGATE', 'aws-sdk-js/3.450 in ECS'],
  [FIREFOX, 'Browser (Firefox 102)'],
  [EDGE, 'Browser (Edge 120)'],
  [SAFARI, 'Browser (Safari 17)'],
  ['Mozilla/5.0', 'Browser'],
  ['console.amazonaws.com', 'Console'],
  ['console.ec2.amazonaws.com', 'Console'],
  ['signin.amazonaws.com', 'Console'],
  ['[S3Console/0.4, aws-internal/3 aws-sdk-java/1.12.488 Linux/5.10]', 'Console'],
  ['RDS Console, aws-internal/3 aws-sdk-java/1.11.975', 'Console'],
  ['cloudformation.amazonaws.com', 'cloudformation.amazonaws.com'],
  ['AWS Internal', 'AWS Internal'],
  ['my-own-script_42', 'my-own-script_42'],
  ['python-requests/2.28.0', 'python-requests/2.28.0'],
])('%j is %j', (userAgent, short) => {
  expect(shortUserAgent(userAgent)).toBe(short);
});

test('a user agent becomes short plain text whatever it holds, in time that does not grow faster than it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (userAgent) => {
      const short = shortUserAgent(userAgent);
      expect(short.length).toBeLessThanOrEqual(80);
      expect(short).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }),
  );
  for (const hostile of [
    'a/1'.repeat(400_000),
    ' Console'.repeat(200_000),
    '['.repeat(1_000_000),
    'a.'.repeat(500_000),
  ]) {
    const startedMs = performance.now();
    expect(shortUserAgent(hostile).length).toBeLessThanOrEqual(80);
    expect(performance.now() - startedMs).toBeLessThan(500);
  }
});
