import { parse, type CollectionTag, type ScalarTag } from 'yaml';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html */
const FUNCTIONS = [
  'And',
  'Base64',
  'Cidr',
  'Condition',
  'Equals',
  'FindInMap',
  'GetAtt',
  'GetAZs',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'Ref',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
] as const;

const longForm = (name: string) => (name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`);

const TAGS: readonly (ScalarTag | CollectionTag)[] = FUNCTIONS.flatMap((name) => [
  {
    tag: `!${name}`,
    resolve: (text: string) => ({ [longForm(name)]: name === 'GetAtt' ? text.split('.') : text }),
  },
  {
    tag: `!${name}`,
    collection: 'seq',
    resolve: (list) => ({ [longForm(name)]: JSON.parse(JSON.stringify(list)) as unknown }),
  },
  {
    tag: `!${name}`,
    collection: 'map',
    resolve: (map) => ({ [longForm(name)]: JSON.parse(JSON.stringify(map)) as unknown }),
  },
]);

/** Parses a CloudFormation template, JSON or YAML; short forms (`!Ref`) become long ones. Throws yaml's error where it is neither. */
export function parseTemplate(text: string): unknown {
  return parse(text, { customTags: [...TAGS], logLevel: 'error' });
}
