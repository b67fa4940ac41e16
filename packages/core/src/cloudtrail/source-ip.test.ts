import { expect, test } from 'vitest';
import { sourceIpKind } from './source-ip.ts';

test.each([
  ['AWS Internal', 'aws-service'],
  ['cloudformation.amazonaws.com', 'aws-service'],
  ['workmail.eu-west-1.amazonaws.com', 'aws-service'],
  ['ec2.amazonaws.com.cn', 'aws-service'],
  ['evil.amazonaws.com.example.org', 'other'],
  ['amazonaws.com', 'other'],
  ['203.0.113.9', 'public'],
  ['8.8.8.8', 'public'],
  ['172.15.255.255', 'public'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['172.32.0.1', 'public'],
  ['10.1.2.3', 'private'],
  ['127.0.0.1', 'private'],
  ['192.168.10.20', 'private'],
  ['192.169.0.1', 'public'],
  ['169.254.169.254', 'private'],
  ['100.64.0.1', 'private'],
  ['100.128.0.1', 'public'],
  ['256.1.1.1', 'other'],
  ['1.2.3', 'other'],
  ['2001:db8::1', 'public'],
  ['2600:1f18:4a2b:1200:0:0:0:5', 'public'],
  ['::1', 'private'],
  ['fe80::1', 'private'],
  ['fd00:1234::5', 'private'],
  ['::ffff:10.0.0.1', 'private'],
  ['::ffff:8.8.8.8', 'public'],
  [':::', 'other'],
  ['fe80::1%eth0', 'other'],
  ['...', 'other'],
  ['', 'other'],
])('%j is %s', (sourceIp, kind) => {
  expect(sourceIpKind(sourceIp)).toBe(kind);
});
