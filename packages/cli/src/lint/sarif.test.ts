import type { Finding } from '@trailbell/core/lint';
import { expect, test } from 'vitest';
import { sarifLog } from './sarif.ts';

const FINDING: Finding = {
  file: 'rules/own/a rule#1.yaml',
  line: 6,
  column: 50,
  end: { line: 6, column: 68 },
  code: 'field-type',
  severity: 'error',
  message: 'it never holds',
  hint: 'write IS FALSE',
  rule: 'a-rule',
  fix: { start: { line: 6, column: 50 }, end: { line: 6, column: 68 }, text: '$.readOnly IS FALSE' },
};

test('a finding is a result at its place, with its fix and what the docs say of its code', () => {
  const options = {
    version: '1.2.3',
    docsOf: (code: string) => `all about ${code}`,
    pathInRepository: (file: string) => `x/${file}`,
  };
  const region = { startLine: 6, startColumn: 50, endLine: 6, endColumn: 68 };
  const artifactLocation = { uri: 'x/rules/own/a%20rule%231.yaml', uriBaseId: '%SRCROOT%' };
  const title = { text: 'A comparison that the type of the field never meets' };
  expect(sarifLog([FINDING], options)).toEqual({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'trailbell lint',
            version: '1.2.3',
            rules: [
              {
                id: 'field-type',
                shortDescription: title,
                fullDescription: title,
                help: { text: 'See docs/lint/fields.md#field-type', markdown: 'all about field-type' },
                defaultConfiguration: { level: 'error' },
              },
            ],
          },
        },
        columnKind: 'utf16CodeUnits',
        results: [
          {
            ruleId: 'field-type',
            ruleIndex: 0,
            level: 'error',
            message: { text: 'it never holds. write IS FALSE' },
            locations: [
              {
                physicalLocation: { artifactLocation, region },
                logicalLocations: [{ name: 'a-rule', kind: 'object' }],
              },
            ],
            fixes: [
              {
                description: { text: 'write IS FALSE' },
                artifactChanges: [
                  {
                    artifactLocation,
                    replacements: [{ deletedRegion: region, insertedContent: { text: '$.readOnly IS FALSE' } }],
                  },
                ],
              },
            ],
          },
        ],
      },
    ],
  });
});

test('a problem of a file that cannot be loaded is a point, under the code of the rule reference', () => {
  const { fix: _, rule: __, hint: ___, ...finding } = FINDING;
  const problem: Finding = { ...finding, code: 'yaml-tab', end: { line: 6, column: 50 } };
  expect(
    sarifLog([problem], { version: '1', docsOf: () => undefined, pathInRepository: (file) => file }),
  ).toMatchObject({
    runs: [
      {
        tool: { driver: { rules: [{ id: 'yaml-tab', help: { text: 'See docs/rules.md#when-something-is-wrong' } }] } },
        results: [{ locations: [{ physicalLocation: { region: { startLine: 6, startColumn: 50 } } }] }],
      },
    ],
  });
});
