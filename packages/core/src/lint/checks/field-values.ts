import { distance } from 'fastest-levenshtein';
import { formatSelector, type JsonComparison, type Literal } from '../../pattern/index.ts';
import { closestWord } from '../../rule/closest-word.ts';
import { oneOf, quote } from '../../rule/describe-value.ts';
import { sourcesOfEventName } from '../aws/event-names.ts';
import { fieldAt } from '../aws/field-at.ts';
import type { TextField } from '../aws/record-fields.ts';
import type { PatternComplaint } from '../finding.ts';
import { wrongArn } from './arn-values.ts';
import { equalsLiteral } from '../logic/equal-values.ts';

const REGION =
  /^[a-z]{2,4}(?:-[a-z]{2,5})?-(?:north|south|east|west|central|northeast|northwest|southeast|southwest)-\d{1,2}$/;

/** Values that a field of CloudTrail's never has. */
export function fieldValue(comparison: JsonComparison): PatternComplaint | undefined {
  if (comparison.kind !== 'compare' || comparison.test.kind !== 'equality') return undefined;
  const { literal } = comparison.test;
  const complaint = { code: 'field-value', span: literal.span } as const;
  const selector = formatSelector(comparison.selector);
  const arn = wrongArn(literal, selector);
  if (arn !== undefined) return { ...complaint, ...arn };
  const at = fieldAt(comparison.selector);
  if (at.kind !== 'field' || at.field.kind !== 'text') return undefined;
  const found =
    rootAsName(literal, selector) ??
    outsideValues(at.field, literal, selector) ??
    outsideForm(at.field, literal, selector);
  return found && { ...complaint, ...found };
}

/** The root user has no name, and an IAM user of that name is somebody else. */
function rootAsName(literal: Literal, selector: string): Found | undefined {
  if (selector !== '$.userIdentity.userName' || literal.kind !== 'text' || !/^root$/i.test(literal.text))
    return undefined;
  return {
    severity: 'warning',
    message: 'the root user has no userName: this is an IAM user who is called so',
    hint: 'write $.userIdentity.type = "Root"',
  };
}

type Found = Omit<PatternComplaint, 'code' | 'span'>;

function outsideValues({ values }: TextField, literal: Literal, selector: string): Found | undefined {
  if (values === undefined || values.some((value) => equalsLiteral(literal, value))) return undefined;
  const written = literal.kind === 'regex' ? literal.source : literal.text;
  const close = literal.kind === 'text' ? closestWord(written, values) : undefined;
  return {
    message: `${selector} is never ${quote(written)}; it is ${oneOf(values)}`,
    ...(close !== undefined
      ? { hint: `did you mean ${close}?`, replacement: { span: literal.span, text: `"${close}"` } }
      : sourcesOfEventName(written).length > 0 && { hint: `did you mean $.eventName = "${written}"?` }),
  };
}

function outsideForm({ form }: TextField, literal: Literal, selector: string): Found | undefined {
  if (literal.kind !== 'text' && literal.kind !== 'number') return undefined;
  if (form === undefined) return undefined;
  const { text } = literal;
  switch (form) {
    case 'account':
      return wrongAccount(text, selector);
    case 'region':
      if (REGION.test(text)) return undefined;
      return {
        message: `${selector} is never ${quote(text)}: that is no region`,
        hint: /^[a-z-]+\d[a-z]$/.test(text)
          ? 'this is an availability zone; a region ends with its number'
          : 'regions look like us-east-1; global services are recorded in us-east-1',
      };
    case 'address':
      if (!/^[\d.:a-f]+\/\d{1,3}$/i.test(text)) return undefined;
      return {
        message: `${selector} is one address and never ${quote(text)}: a pattern does not know address ranges`,
        hint: 'put the block into a shared list and write = @list, or begin with what the addresses share: "10.0.*"',
      };
    case 'error-code':
      return wrongErrorCode(text, selector);
    case 'source':
    case 'event-name':
      return undefined;
  }
}

function wrongAccount(text: string, selector: string): Found | undefined {
  if (/^\d{12}$/.test(text)) return undefined;
  if (text.startsWith('arn:')) {
    return {
      message: `${selector} is an account id of 12 digits and never an ARN`,
      hint: 'the ARN is in $.userIdentity.arn',
    };
  }
  if (!/^[\d+.-][\d\s.e+-]*$/i.test(text)) return undefined;
  const digits = text.replaceAll(/\D/g, '').length;
  return {
    message:
      digits === 12
        ? `${selector} is an account id of 12 digits and nothing else; this is ${quote(text)}`
        : `${selector} is an account id of 12 digits; ${quote(text)} has ${digits}`,
    hint:
      digits < 12 && !/\D/.test(text)
        ? 'account ids keep their leading zeros'
        : 'write the 12 digits without signs between them',
  };
}

/** What services write where a call was denied. */
const DENIALS = ['AccessDenied', 'AccessDeniedException', 'Client.UnauthorizedOperation', 'UnauthorizedOperation'];

function wrongErrorCode(text: string, selector: string): Found | undefined {
  if (/^\d+$/.test(text)) {
    return {
      message: `${selector} is never ${text}: it holds a name such as AccessDenied, not a status`,
      hint: 'for denied calls: ($.errorCode = "AccessDenied*" || $.errorCode = "*UnauthorizedOperation")',
    };
  }
  const meant = DENIALS.includes(text)
    ? undefined
    : DENIALS.find((code) => distance(code.toLowerCase(), text.toLowerCase()) <= 2);
  if (meant !== undefined) {
    return { severity: 'warning', message: `no service writes ${quote(text)}`, hint: `did you mean ${meant}?` };
  }
  if (text !== 'UnauthorizedOperation') return undefined;
  return {
    severity: 'warning',
    message: `${selector} is Client.UnauthorizedOperation where EC2 writes it`,
    hint: 'write "*UnauthorizedOperation"',
  };
}
