import type { Finding } from './finding.ts';

/** A finding, and the line on which the value that it is about begins: a pattern may go on for many. */
export interface Anchored {
  readonly finding: Finding;
  readonly anchorLine: number;
}

/** `# lint-ignore CODE: reason`, behind a value or on a line of its own above it. */
interface IgnoreComment {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly codes: readonly string[];
  readonly reason: string;
  /** The line of what it is about. */
  readonly target: number;
}

const COMMENT = /(?:^|\s)#\s*lint-ignore\b[ \t]*(?<codes>[a-z-]+(?:\s*,\s*[a-z-]+)*)?[ \t]*(?::[ \t]*(?<reason>.*))?/;

/** The comments of a file that ignore findings. */
export function ignoreCommentsOf(file: string, text: string): readonly IgnoreComment[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    const match = COMMENT.exec(line);
    if (match === null) return [];
    const { codes = '', reason = '' } = match.groups ?? {};
    const isAlone = /^\s*#/.test(line);
    const below = lines.findIndex((other, at) => at > index && !/^\s*(?:#|$)/.test(other));
    return [
      {
        file,
        line: index + 1,
        column: line.indexOf('#', match.index) + 1,
        codes: codes.split(',').map((code) => code.trim()),
        reason: reason.trim(),
        target: (isAlone && below !== -1 ? below : index) + 1,
      },
    ];
  });
}

/** The findings that no comment ignores, and what is wrong with the comments. */
export function withoutIgnored(anchored: readonly Anchored[], comments: readonly IgnoreComment[]): readonly Finding[] {
  const used = new Set<IgnoreComment>();
  const left = anchored.filter(({ finding, anchorLine }) => {
    const comment = comments.find(
      ({ file, target, codes }) =>
        file === finding.file && (target === finding.line || target === anchorLine) && codes.includes(finding.code),
    );
    if (comment === undefined) return true;
    used.add(comment);
    return comment.reason === '';
  });
  const wrong = comments.flatMap((comment) => {
    if (comment.reason === '') return [about(comment, 'ignore-without-reason')];
    return used.has(comment) ? [] : [about(comment, 'unused-ignore')];
  });
  return [...left.map(({ finding }) => finding), ...wrong];
}

function about({ file, line, column, codes }: IgnoreComment, code: 'ignore-without-reason' | 'unused-ignore'): Finding {
  const place = { file, line, column, end: { line, column } };
  if (code === 'ignore-without-reason') {
    return {
      ...place,
      code,
      severity: 'error',
      message: 'this comment gives no reason, and ignores nothing',
      hint: 'write # lint-ignore CODE: why it is right here',
    };
  }
  return {
    ...place,
    code,
    severity: 'warning',
    message: `there is no ${codes.join(' and no ')} here to ignore`,
    hint: 'take the comment out',
  };
}
