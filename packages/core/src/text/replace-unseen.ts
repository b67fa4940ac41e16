// Control and format characters (bidirectional overrides, zero-width and tag characters among them), line and paragraph
// separators, and halves of surrogate pairs: all that hides, reorders or ends text without being seen.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Nearly every text: nothing in it need be looked for. */
const PLAIN_ASCII = /^[ -~]*$/;

/** The text with each character that cannot be seen, line feeds and tabs among them, replaced by what `shown` makes of it. */
export function replaceUnseen(text: string, shown: (character: string) => string): string {
  return PLAIN_ASCII.test(text) ? text : text.replace(UNSEEN, shown);
}
