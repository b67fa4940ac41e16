import { docsPageOf, isLintCode, LINT_CATALOGUE, type Finding } from '@trailbell/core/lint';

export interface SarifOptions {
  /** Trailbell's version. */
  readonly version: string;
  /** What the docs say of a code, in Markdown. */
  readonly docsOf: (code: string) => string | undefined;
  /** The path of a file as seen from the root of its repository. */
  readonly pathInRepository: (file: string) => string;
}

/**
 * Findings as a SARIF 2.1.0 log, which GitHub shows beside the lines of a pull request.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export function sarifLog(findings: readonly Finding[], { version, docsOf, pathInRepository }: SarifOptions): unknown {
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  const uriOf = (file: string) => pathInRepository(file).split('/').map(encodeURIComponent).join('/');
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'trailbell lint',
            version,
            rules: codes.map((code) => reportingDescriptor(code, docsOf(code))),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => result(finding, codes.indexOf(finding.code), uriOf(finding.file))),
      },
    ],
  };
}

function reportingDescriptor(code: string, docs: string | undefined): unknown {
  const entry = isLintCode(code) ? LINT_CATALOGUE[code] : undefined;
  const title = entry?.title ?? 'The file cannot be read as a rule';
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: title },
    help: { text: `See ${docsPageOf(code)}`, ...(docs !== undefined && { markdown: docs }) },
    defaultConfiguration: { level: entry?.severity ?? 'error' },
  };
}

function result(finding: Finding, ruleIndex: number, uri: string): unknown {
  const { code, severity, message, hint, line, column, end, rule, fix } = finding;
  const artifactLocation = { uri, uriBaseId: '%SRCROOT%' };
  const isRange = end.line > line || end.column > column;
  return {
    ruleId: code,
    ruleIndex,
    level: severity,
    message: { text: hint === undefined ? message : `${message}. ${hint}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation,
          region: {
            startLine: line,
            startColumn: column,
            ...(isRange && { endLine: end.line, endColumn: end.column }),
          },
        },
        ...(rule !== undefined && { logicalLocations: [{ name: rule, kind: 'object' }] }),
      },
    ],
    ...(fix && {
      fixes: [
        {
          description: { text: hint ?? message },
          artifactChanges: [
            {
              artifactLocation,
              replacements: [
                {
                  deletedRegion: {
                    startLine: fix.start.line,
                    startColumn: fix.start.column,
                    endLine: fix.end.line,
                    endColumn: fix.end.column,
                  },
                  insertedContent: { text: fix.text },
                },
              ],
            },
          ],
        },
      ],
    }),
  };
}
