/** Reads and writes `"quoted text"`, in which `\"` and `\\` are the only escapes. */
import { PatternSyntaxError, awsMessages } from '../pattern-syntax-error.ts';

export interface Quoted {
  readonly kind: 'quoted';
  readonly value: string;
  /** The offset behind the closing quote. */
  readonly end: number;
}

/** Reads the quoted text that opens at `offset`. */
export function readQuoted(text: string, offset: number): Quoted {
  const close = text.indexOf('"', offset + 1);
  const value = text.slice(offset + 1, close);
  return close > offset + 1 && !value.includes('\\')
    ? { kind: 'quoted', value, end: close + 1 }
    : readEscaped(text, offset);
}

function readEscaped(text: string, offset: number): Quoted {
  let value = '';
  let copied = offset + 1;
  let at = copied;
  for (;;) {
    const character = text.charAt(at);
    if (character === '') throw unclosed(text, offset);
    if (character === '"') break;
    const next = text.charAt(at + 1);
    if (character === '\\' && (next === '"' || next === '\\')) {
      value += text.slice(copied, at) + next;
      at += 2;
      copied = at;
    } else at++;
  }
  value += text.slice(copied, at);
  if (at === offset + 1) throw empty(offset);
  return { kind: 'quoted', value, end: at + 1 };
}

/** The text in quotes, escaped. */
export function quote(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}

function unclosed(text: string, offset: number): PatternSyntaxError {
  return new PatternSyntaxError({
    code: 'lexical',
    message: 'The quoted text is not closed.',
    hint: 'End it with "; a quote inside is written \\".',
    span: { offset, length: text.length - offset },
    awsMessage: awsMessages.lexical(text.slice(offset)),
  });
}

function empty(offset: number): PatternSyntaxError {
  return new PatternSyntaxError({
    code: 'lexical',
    message: 'The quoted text is empty.',
    hint: 'Quoted text holds at least one character; %^$% finds the empty text.',
    span: { offset, length: 2 },
    awsMessage: awsMessages.lexical('""'),
  });
}
