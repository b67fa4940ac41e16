import { parsePattern, PatternSyntaxError } from '../../pattern/index.ts';
import type { PatternComplaint } from '../finding.ts';
import type { LintedPattern } from '../linted-rule.ts';

/** What only CloudWatch refuses: Trailbell's own matcher has none of its limits. */
export function checkCloudWatchLimits({ text }: LintedPattern): readonly PatternComplaint[] {
  try {
    parsePattern(text, { limits: 'cloudwatch' });
    return [];
  } catch (error) {
    if (!(error instanceof PatternSyntaxError)) throw error;
    return [
      {
        code: 'cloudwatch-limit',
        span: { offset: error.offset, length: error.length },
        message: error.message.replace(/\.$/, ''),
        hint: 'Trailbell takes it; a metric filter with this pattern would be refused',
      },
    ];
  }
}
