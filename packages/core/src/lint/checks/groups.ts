import { formatSelector, parseSelector } from '../../pattern/index.ts';
import { fieldAt } from '../aws/field-at.ts';
import type { RuleComplaint } from '../finding.ts';
import type { LintedRule } from '../linted-rule.ts';
import { unknownField } from './unknown-fields.ts';

/** What is another in every record. */
const OF_ONE_RECORD = new Set(['$.eventID', '$.eventTime', '$.requestID', '$.sharedEventID']);

/** The selectors of groupBy and metricValue: fields that records do not have, and groups that cannot be told apart or never fill. */
export function checkGroups({ rule }: LintedRule): readonly RuleComplaint[] {
  const groups = rule.groupBy.flatMap((text, index) => checkGroup(text, ['groupBy', index], rule.alarm.threshold));
  const { metricValue } = rule;
  return typeof metricValue === 'number' ? groups : [...groups, ...unknown(metricValue, ['metricValue'])];
}

function checkGroup(text: string, path: RuleComplaint['path'], threshold: number): readonly RuleComplaint[] {
  const missing = unknown(text, path);
  if (missing.length > 0) return missing;
  const selector = parseSelector(text);
  const name = formatSelector(selector);
  const at = fieldAt(selector);
  if (at.kind === 'field' && ['map', 'list', 'open'].includes(at.field.kind)) {
    return [
      {
        code: 'field-type',
        path,
        message: `${name} holds further fields and has no value of its own: all records fall into one group`,
        hint: 'name a field in it',
      },
    ];
  }
  if (!OF_ONE_RECORD.has(name)) return [];
  return [
    {
      code: 'group-of-one',
      path,
      message: `${name} is another in every record, so that each match is an alarm of its own`,
      hint: threshold > 1 ? `no group ever reaches ${threshold}; group by who or where` : 'group by who or where',
    },
  ];
}

function unknown(text: string, path: RuleComplaint['path']): readonly RuleComplaint[] {
  const complaint = unknownField(parseSelector(text), text);
  if (complaint === undefined) return [];
  const { code, message, hint } = complaint;
  return [{ code, path, message, ...(hint !== undefined && { hint }) }];
}
