/** A test that ran, as JUnit's XML tells it. */
export interface JUnitCase {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly durationMs: number;
  /** Why it failed, or could not run; absent where it passed. */
  readonly failure?: { readonly kind: 'failure' | 'error'; readonly message: string; readonly text: string };
}

export interface JUnitSuite {
  readonly name: string;
  readonly cases: readonly JUnitCase[];
}

/** A report in the form that CI servers read. https://github.com/testmoapp/junitxml */
export function junitXml(suites: readonly JUnitSuite[]): string {
  const all = suites.flatMap(({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="trailbell test"${counts(all)}>`,
    ...suites.flatMap(({ name, cases }) => [
      `  <testsuite name="${escaped(name)}"${counts(cases)}>`,
      ...cases.flatMap((one) => caseXml(one, name)),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

function counts(cases: readonly JUnitCase[]): string {
  const of = (kind: string) => cases.filter(({ failure }) => failure?.kind === kind).length;
  return ` tests="${cases.length}" failures="${of('failure')}" errors="${of('error')}" time="${seconds(cases)}"`;
}

function caseXml(one: JUnitCase, suite: string): readonly string[] {
  const { name, file, line, failure } = one;
  const opening = `    <testcase name="${escaped(name)}" classname="${escaped(suite)}" file="${escaped(file)}" line="${line}" time="${seconds([one])}"`;
  if (failure === undefined) return [`${opening}/>`];
  return [
    `${opening}>`,
    `      <${failure.kind} message="${escaped(failure.message)}">${escaped(failure.text)}</${failure.kind}>`,
    '    </testcase>',
  ];
}

function seconds(cases: readonly JUnitCase[]): string {
  return (cases.reduce((sumMs, { durationMs }) => sumMs + durationMs, 0) / 1000).toFixed(3);
}

/** Events are in the texts: what XML 1.0 cannot hold at all becomes a replacement character, line breaks in attributes stay. */
function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    '\n': '&#10;',
  };
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}')
    .replaceAll(/[&<>"\n]/g, (character) => entities[character] ?? character);
}
