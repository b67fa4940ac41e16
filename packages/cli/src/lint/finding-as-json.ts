import { docsPageOf, type Finding } from '@trailbell/core/lint';

/** A finding as a line of JSON, its keys always in the same order. */
export function findingAsJson(finding: Finding): string {
  const { file, line, column, end, severity, code, message, hint, rule, fix } = finding;
  const place = { file, line, column, endLine: end.line, endColumn: end.column };
  return JSON.stringify({
    ...place,
    severity,
    code,
    message,
    hint,
    rule,
    docs: docsPageOf(code),
    canFix: fix !== undefined,
  });
}
