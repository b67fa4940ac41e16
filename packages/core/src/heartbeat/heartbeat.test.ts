import { expect, test } from 'vitest';
import { routesFor } from '../config/routes-for.ts';
import { evaluatePattern, parsePattern } from '../pattern/index.ts';
import { preFilterFor } from '../prefilter/index.ts';
import { compileRules, loadRules } from '../rule/index.ts';
import { silencesFor } from '../silence/silence-in-force.ts';
import { HEARTBEAT_NAME, heartbeatMessage, heartbeatRule } from './index.ts';

const DEPLOYMENT = 'trailbell-production-111122223333-eu-west-1';
const beat = heartbeatMessage(DEPLOYMENT, Date.UTC(2026, 2, 11, 9, 30));

const matches = (pattern: string, message: string) => evaluatePattern(parsePattern(pattern), message) !== undefined;

test('the rule matches the beats of its own deployment and no others', () => {
  const { filterPattern, examples } = heartbeatRule(DEPLOYMENT);
  expect(matches(filterPattern, beat)).toBe(true);
  expect(matches(filterPattern, heartbeatMessage('trailbell-mine-111122223333-eu-west-1', 0))).toBe(false);
  expect(examples.matches.filter(({ event }) => !matches(filterPattern, JSON.stringify(event)))).toEqual([]);
  expect(examples.ignores.filter(({ event }) => matches(filterPattern, JSON.stringify(event)))).toEqual([]);
});

test('the rule is compiled beside others, and the pre-filter lets its beats through', () => {
  const rules = [{ name: 'a', filterPattern: '{ $.eventName = "StopLogging" }' }, heartbeatRule(DEPLOYMENT)];
  const { pattern } = preFilterFor(rules);
  expect(pattern).toBe(`{$.eventName=StopLogging||$.trailbellHeartbeat="${DEPLOYMENT}"}`);
  expect(matches(pattern, beat)).toBe(true);
  expect(compileRules([heartbeatRule(DEPLOYMENT)], { version: 1 }).rules[0]).toMatchObject({ name: HEARTBEAT_NAME });
});

test('no route of a user takes the heartbeat, not even one for everything', () => {
  const { name: rule, severity } = heartbeatRule(DEPLOYMENT);
  const routes = [{ name: 'everything' }, { name: 'rest', severities: [severity], default: true as const }];
  expect(routesFor({ rule, severity, accounts: ['111122223333'] }, routes)).toEqual([HEARTBEAT_NAME]);
  expect(routesFor({ rule, severity, accounts: ['111122223333'] }, [])).toEqual([HEARTBEAT_NAME]);
});

test('no silence is for the heartbeat, not even one for everything', () => {
  const everything = [{ name: 'maintenance', fromMs: 0, untilMs: 1 }];
  const alarm = { severity: heartbeatRule(DEPLOYMENT).severity, groupValues: new Map() };
  expect(silencesFor({ ...alarm, rule: HEARTBEAT_NAME }, everything)).toEqual([]);
  expect(silencesFor({ ...alarm, rule: 'another' }, everything)).toEqual(everything);
});

test('a rule file cannot take the name of the heartbeat', () => {
  const text = `name: ${HEARTBEAT_NAME}\ntitle: Mine\nseverity: info\nfilterPattern: '{ $.a = 1 }'\n`;
  const { rules, problems } = loadRules([{ path: 'mine.yaml', text }]);
  expect(rules).toEqual([]);
  expect(problems).toMatchObject([{ code: 'reserved-rule-name', line: 1, column: 7 }]);
});
