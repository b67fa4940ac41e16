/**
 * The names of the properties below the record whose values must not be told: `['requestParameters', 'masterUserPassword']`. All
 * that lies below the last is meant as well, and of a list each element.
 */
export type RedactedPath = readonly string[];

/**
 * Names under which requests and answers carry secrets: passwords, keys and tokens, what scripts and functions are started with
 * (user data, environments, commands, payloads), and the parameters of CloudFormation's stacks. Policy documents are none: who may
 * do what is what a page is about. CloudTrail itself blanks many of these, but not all, and not those of later services.
 */
const SECRET_NAME =
  /pass(?:word|wd|phrase|code)|secret|(?<!http)token|credential|(?:private|api|shared|session)key|keymaterial|authorization|authenticationcode|assertion|cookie|signature|plaintext|connectionstring|userdata|environment|variables$|commands?$|payload|parametervalue/;

/** These endings tell what a thing is called or how it is set up, not the thing: `secretId`, `credentialType`, `maxPasswordAge`. */
const NAMES_ONLY =
  /(?:ids?|arns?|names?|types?|alias|prefix|polic(?:y|ies)|status|version|expiration|length|passwordage|prevention|days|seconds)$/;

/** A list of pairs says in one property what the other one holds: `{ name: 'DB_PASSWORD', value: '…' }`. */
const PAIR_NAMES: ReadonlySet<string> = new Set(['name', 'key', 'parametername', 'attributename', 'optionname']);
const PAIR_VALUE = /values?$/;

/** Texts that are secrets wherever they stand: private keys, signed tokens, URLs with a password. */
const SECRET_TEXT = /-----BEGIN [A-Z ]*PRIVATE|\beyJ[\w-]{8,}\.[\w-]{8,}|:\/\/[^/\s:@]*:[^/\s@]+@/;

/** Whether a property of that name holds a secret, whatever it is a property of: the default, to which paths can be added. */
export function isSecretName(name: string): boolean {
  const plain = plainName(name);
  return SECRET_NAME.test(plain) && !NAMES_ONLY.test(plain);
}

/** Whether a text is a secret by its own looks. */
export function isSecretText(text: string): boolean {
  return SECRET_TEXT.test(text.slice(0, MAX_LOOKED_AT));
}

/** Whether the value of a property is a secret because another property of the same object says what it is. */
export function isSecretOfPair(name: string, siblings: readonly (readonly [string, unknown])[]): boolean {
  if (!PAIR_VALUE.test(plainName(name))) return false;
  return siblings.some(
    ([sibling, text]) => typeof text === 'string' && PAIR_NAMES.has(plainName(sibling)) && isSecretName(text),
  );
}

/** Whether the path is one of the redacted, or lies below one. Capitals do not count: services differ in them. */
export function isRedactedPath(path: readonly string[], redactedPaths: readonly RedactedPath[]): boolean {
  return redactedPaths.some(
    (redacted) =>
      redacted.length <= path.length &&
      redacted.every((name, index) => name.toLowerCase() === path[index]?.toLowerCase()),
  );
}

const MAX_LOOKED_AT = 2048;

function plainName(name: string): string {
  return name
    .slice(0, 1024)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}
