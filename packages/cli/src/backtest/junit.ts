import { counted } from '../terminal/counted.ts';
import type { BacktestResult } from './backtest-result.ts';
import type { JudgedExpectation } from './expectations.ts';

/** A JUnit report: a test case for each rule, which fails where its expectation is not met. */
export function junitReport(result: BacktestResult, expectations: readonly JudgedExpectation[]): string {
  const cases = result.rules.map(({ name, incidents, matches }) => {
    const judged = expectations.find(({ rule }) => rule === name);
    const attributes = `classname="trailbell.backtest" name="${escaped(name)}"`;
    const output = `<system-out>${counted(incidents.length, 'incident')}, ${matches} ${matches === 1 ? 'match' : 'matches'}</system-out>`;
    if (judged === undefined || judged.isMet) return `    <testcase ${attributes}>${output}</testcase>`;
    const message = `expected ${judged.expected}, found ${judged.most}`;
    return `    <testcase ${attributes}><failure message="${escaped(message)}"/>${output}</testcase>`;
  });
  const failures = expectations.filter(({ isMet }) => !isMet).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite name="trailbell backtest" tests="${cases.length}" failures="${failures}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
