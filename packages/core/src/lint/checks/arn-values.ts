import type { Literal } from '../../pattern/index.ts';
import type { PatternComplaint } from '../finding.ts';

type Found = Omit<PatternComplaint, 'code' | 'span'>;

/**
 * ARNs that no record holds: account ids of other than 12 digits, regions where IAM has none, and a role where its session stands.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function wrongArn(literal: Literal, selector: string): Found | undefined {
  if (literal.kind !== 'text' && literal.kind !== 'glob') return undefined;
  const { text } = literal;
  const account = /arn:aws[\w-]*:[\w-]*:[\w-]*:(\d+):/.exec(text)?.[1];
  if (account !== undefined && account.length !== 12) {
    return { message: `an account id has 12 digits; the one in this ARN has ${account.length}` };
  }
  if (/arn:aws[\w-]*:(?:iam|sts):[^:*]+:/.test(text)) {
    return {
      message: 'ARNs of IAM and STS have no region',
      hint: 'leave it empty: arn:aws:iam::111122223333:role/deploy',
    };
  }
  if (selector === '$.userIdentity.arn' && text.includes(':role/')) {
    return {
      severity: 'warning',
      message: 'who acts in a role has the ARN of a session, arn:aws:sts::111122223333:assumed-role/NAME/SESSION',
      hint: 'the role itself is $.userIdentity.sessionContext.sessionIssuer.arn',
    };
  }
  if (selector === '$.userIdentity.sessionContext.sessionIssuer.arn' && text.includes(':assumed-role/')) {
    return {
      message: 'the issuer of a session is the role, arn:aws:iam::111122223333:role/NAME',
      hint: 'the session itself is $.userIdentity.arn',
    };
  }
  return undefined;
}
