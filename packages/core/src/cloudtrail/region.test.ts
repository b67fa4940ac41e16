import { expect, test } from 'vitest';
import { isRegionCode, partitionOf, regionLongName } from './region.ts';

test.each([
  ['us-east-1', 'aws', 'US East (N. Virginia)'],
  ['us-east-2', 'aws', 'US East (Ohio)'],
  ['us-west-1', 'aws', 'US West (N. California)'],
  ['us-west-2', 'aws', 'US West (Oregon)'],
  ['eu-west-1', 'aws', 'EU (Ireland)'],
  ['eu-west-2', 'aws', 'EU (London)'],
  ['eu-central-1', 'aws', 'EU (Frankfurt)'],
  ['eu-north-1', 'aws', 'EU (Stockholm)'],
  ['eu-south-1', 'aws', 'EU (Milan)'],
  ['ap-northeast-1', 'aws', 'Asia Pacific (Tokyo)'],
  ['ap-northeast-2', 'aws', 'Asia Pacific (Seoul)'],
  ['ap-southeast-1', 'aws', 'Asia Pacific (Singapore)'],
  ['ap-southeast-2', 'aws', 'Asia Pacific (Sydney)'],
  ['sa-east-1', 'aws', 'South America (Sao Paulo)'],
  ['mx-central-1', 'aws', 'Mexico (Central)'],
  ['cn-north-1', 'aws-cn', 'China (Beijing)'],
  ['cn-northwest-1', 'aws-cn', 'China (Ningxia)'],
  ['us-gov-west-1', 'aws-us-gov', 'AWS GovCloud (US-West)'],
  ['us-gov-east-1', 'aws-us-gov', 'AWS GovCloud (US-East)'],
  ['eusc-de-east-1', 'aws-eusc', 'EU (Germany)'],
  ['us-iso-east-1', 'aws-iso', 'us-iso-east-1'],
  ['us-isob-east-1', 'aws-iso-b', 'us-isob-east-1'],
  ['xx-nowhere-9', 'aws', 'xx-nowhere-9'],
])('%s is in %s and called %j', (region, partition, name) => {
  expect(partitionOf(region)).toBe(partition);
  expect(regionLongName(region)).toBe(name);
  expect(isRegionCode(region)).toBe(true);
});

test.each([
  '',
  'eu-west',
  'EU-WEST-1',
  'eu-west-1.evil.example',
  'eu-west-1/',
  'evil.example/#-1',
  '-1',
  'eu-west-1\n',
])('%j is no region code', (text) => {
  expect(isRegionCode(text)).toBe(false);
});
