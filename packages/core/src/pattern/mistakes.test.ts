import { expect, test } from 'vitest';
import { PatternSyntaxError, parsePattern, parseSelector } from './index.ts';

/** The pattern, the place that the error points at, and what it says. */
function report(pattern: string, parse: (text: string) => unknown = parsePattern): string {
  try {
    parse(pattern);
  } catch (error) {
    if (!(error instanceof PatternSyntaxError)) throw error;
    const marker = ' '.repeat(error.offset) + '^'.repeat(Math.max(1, error.length));
    return `${pattern}\n${marker}\n${error.message}`;
  }
  throw new Error(`${pattern} was accepted`);
}

test('common mistakes in JSON patterns are answered with what to write', () => {
  const mistakes = [
    '{ $.eventName == "StopLogging" }',
    '{ $.eventName = "a" AND $.errorCode = "b" }',
    '{ $.eventName = "a" or $.eventName = "b" }',
    '{ $.eventName = "a" & $.errorCode = "b" }',
    '{ $.eventName = "a", $.errorCode = "b" }',
    '{ $.eventName = "a" $.errorCode = "b" }',
    '{ $.userIdentity.arn = arn:aws:iam::1:root }',
    '{ $.eventName = StopLogging DeleteTrail }',
    '{ $.errorMessage = Failed authentication }',
    "{ $.eventName = 'StopLogging' }",
    '{ $.eventName = “StopLogging” }',
    '{ $.message = "say "hi"" }',
    '{ $.errorCode EXISTS }',
    '{ $.errorCode NOT EXIST }',
    '{ $.errorCode IS NOT NULL }',
    '{ $.errorCode NOT NULL }',
    '{ $.errorCode = null }',
    '{ $.errorCode != null }',
    '{ $.eventName IS StopLogging }',
    '{ eventName = "StopLogging" }',
    '{ .eventName = "StopLogging" }',
    '{ $eventName = "StopLogging" }',
    '{ $["eventName"] = "StopLogging" }',
    '{ $.tags.aws:name = "x" }',
    '{ $.tags[\'name] = "x" }',
    '{ $.tags[\'\'] = "x" }',
    '{ $.resources[] = "x" }',
    '{ $.resources[-1].ARN = "x" }',
    '{ $..accessKeyId = "x" }',
    '{ NOT $.eventName = "a" }',
    '{ !($.eventName = "a") }',
    '{ $.eventName <> "a" }',
    '{ $.count => 5 }',
    '{ $.count > "5" }',
    '{ $.count > 5* }',
    '{ $.count >= five }',
    '{ $.eventName = $.requestName }',
    '{ $.eventName LIKE "Stop*" }',
    '{ $.eventName IN ("a", "b") }',
    '{ $.eventName }',
    '{ ($.eventName = "a" }',
    '{ $.eventName = "a") }',
    '{ $.eventName = "a }',
    '{ $.eventName = %(a|b)% }',
    '{ $.eventName = "" }',
    '{ $.eventName = "a"',
    '{ }',
  ];
  expect(mistakes.map((pattern) => report(pattern)).join('\n\n')).toMatchInlineSnapshot(`
    "{ $.eventName == "StopLogging" }
                   ^
    After '=' a value is expected, not '='. Write = in place of ==.

    { $.eventName = "a" AND $.errorCode = "b" }
                        ^^^
    '&&', '||' or '}' is expected, not 'AND'. Write && in place of AND.

    { $.eventName = "a" or $.eventName = "b" }
                        ^^
    '&&', '||' or '}' is expected, not 'or'. Write || in place of OR.

    { $.eventName = "a" & $.errorCode = "b" }
                        ^
    '&' has no meaning here. Write && between comparisons.

    { $.eventName = "a", $.errorCode = "b" }
                       ^
    ',' has no meaning here. Join comparisons with && and ||.

    { $.eventName = "a" $.errorCode = "b" }
                        ^^^^^^^^^^^
    '&&', '||' or '}' is expected, not '$.errorCode'. Join comparisons with && or ||.

    { $.userIdentity.arn = arn:aws:iam::1:root }
                              ^
    ':' has no meaning here. Put quotes around the text: "arn:aws:iam::1:root".

    { $.eventName = StopLogging DeleteTrail }
                                ^^^^^^^^^^^
    '&&', '||' or '}' is expected, not 'DeleteTrail'. A value of several words must be quoted.

    { $.errorMessage = Failed authentication }
                              ^^^^^^^^^^^^^^
    '&&', '||' or '}' is expected, not 'authentication'. A value of several words must be quoted.

    { $.eventName = 'StopLogging' }
                    ^
    ''' has no meaning here. Use double quotes.

    { $.eventName = “StopLogging” }
                    ^
    '“' has no meaning here. Use straight quotes: ".

    { $.message = "say "hi"" }
                        ^^
    '&&', '||' or '}' is expected, not 'hi'. A quote inside quoted text is written \\".

    { $.errorCode EXISTS }
                  ^^^^^^
    After $.errorCode an operator is expected, not 'EXISTS'. EXISTS stands only after NOT; $.errorCode = * holds for any string or number.

    { $.errorCode NOT EXIST }
                      ^^^^^
    After NOT, EXISTS is expected, not 'EXIST'. Write $.errorCode NOT EXISTS.

    { $.errorCode IS NOT NULL }
                     ^^^
    After IS, NULL, TRUE or FALSE is expected, not 'NOT'. There is no IS NOT; for a string or number write $.errorCode = *.

    { $.errorCode NOT NULL }
                      ^^^^
    After NOT, EXISTS is expected, not 'NULL'. For a string or number write $.errorCode = *.

    { $.errorCode = null }
                    ^^^^
    After '=' a value is expected, not 'null'. Write $.errorCode IS NULL.

    { $.errorCode != null }
                     ^^^^
    After '!=' a value is expected, not 'null'. For a string or number write $.errorCode = *.

    { $.eventName IS StopLogging }
                     ^^^^^^^^^^^
    After IS, NULL, TRUE or FALSE is expected, not 'StopLogging'. For any other value write $.eventName = StopLogging.

    { eventName = "StopLogging" }
      ^^^^^^^^^
    A selector such as $.eventName or '(' is expected, not 'eventName'. Selectors begin with $.: write $.eventName.

    { .eventName = "StopLogging" }
      ^^^^^^^^^^
    A selector such as $.eventName or '(' is expected, not '.eventName'. Selectors begin with $.: write $.eventName.

    { $eventName = "StopLogging" }
      ^^
    A selector begins with '$.' and a property name. Write $.eventName.

    { $["eventName"] = "StopLogging" }
      ^^
    A selector begins with '$.' and a property name. Write $.eventName.

    { $.tags.aws:name = "x" }
                ^
    ':' has no meaning here. A property name with such a character is written $.['the name'].

    { $.tags['name] = "x" }
             ^
    After '[' an index, * or a name in single quotes is expected, and then ']'. End the name with '].

    { $.tags[''] = "x" }
             ^
    After '[' an index, * or a name in single quotes is expected, and then ']'. A name holds at least one character.

    { $.resources[] = "x" }
                  ^
    After '[' an index, * or a name in single quotes is expected, and then ']'. Write [0], [*] or ['the name'].

    { $.resources[-1].ARN = "x" }
                  ^
    After '[' an index, * or a name in single quotes is expected, and then ']'. Indexes count from 0, from the front only.

    { $..accessKeyId = "x" }
        ^
    After '.' a property name is expected, not '.'. There is no search in depth: name every property on the way.

    { NOT $.eventName = "a" }
      ^^^
    A selector such as $.eventName or '(' is expected, not 'NOT'. There is no negation; write != or $.a NOT EXISTS.

    { !($.eventName = "a") }
      ^
    '!' has no meaning here. There is no negation; write != or NOT EXISTS.

    { $.eventName <> "a" }
                   ^
    After '<' a number is expected, not '>'. Write != in place of <>.

    { $.count => 5 }
               ^
    After '=' a value is expected, not '>'. Write >= in place of =>.

    { $.count > "5" }
                ^^^
    After '>' a number is expected, not '"5"'. Write 5 without quotes.

    { $.count > 5* }
                ^^
    After '>' a number is expected, not '5*'. Texts have no order; they can only be = or !=.

    { $.count >= five }
                 ^^^^
    After '>=' a number is expected, not 'five'. Texts have no order; they can only be = or !=.

    { $.eventName = $.requestName }
                    ^^^^^^^^^^^^^
    After '=' a value is expected, not '$.requestName'. Two properties cannot be compared with each other.

    { $.eventName LIKE "Stop*" }
                  ^^^^
    After $.eventName an operator is expected, not 'LIKE'. Write =, with * at either end for a part, %...% for a regular expression, and || for several values.

    { $.eventName IN ("a", "b") }
                  ^^
    After $.eventName an operator is expected, not 'IN'. Write =, with * at either end for a part, %...% for a regular expression, and || for several values.

    { $.eventName }
                  ^
    After $.eventName an operator is expected, not '}'. Operators are = != < <= > >=, IS NULL, IS TRUE, IS FALSE and NOT EXISTS.

    { ($.eventName = "a" }
                         ^
    '&&', '||' or ')' is expected, not '}'. The parenthesis at offset 2 is still open.

    { $.eventName = "a") }
                       ^
    '&&', '||' or '}' is expected, not ')'. This parenthesis was never opened.

    { $.eventName = "a }
                    ^^^^
    The quoted text is not closed. End it with "; a quote inside is written \\".

    { $.eventName = %(a|b)% }
                     ^
    '(' is not allowed in a regular expression, escaped or not. There are no groups; | separates whole alternatives. For the character itself write \\x28.

    { $.eventName = "" }
                    ^^
    The quoted text is empty. Quoted text holds at least one character; %^$% finds the empty text.

    { $.eventName = "a"
                      ^
    A pattern that begins with '{' must end with '}'. Add it; or, to look for text that begins with {, quote that text.

    { }
      ^
    A selector such as $.eventName or '(' is expected, not '}'."
  `);
});

test('common mistakes in terms, regular expressions and space-delimited patterns are answered with what to write', () => {
  const mistakes = [
    'ERROR:',
    'ERR*',
    'ERROR || WARN',
    'ERROR && WARN',
    '!ERROR',
    'user@example.com',
    'ERROR %WARN%',
    'ERROR -',
    '"ERROR',
    '"ERROR"WARN',
    '(ERROR)',
    '%^ERROR$',
    '%caf\u00e9%',
    '%(a|b)c%',
    '%\\bword\\b%',
    '%a{2, 3}%',
    '%a++%',
    '%[[:digit:]]%',
    '%a%b%',
    '[a = 1 || b = 2]',
    '[a, b, a]',
    '[..., a, ...]',
    '[1st, second]',
    '["ERROR", rest]',
    '[a b]',
    '[a = two words]',
    '[$a = 1]',
    '[a == 1]',
    '[a NOT EXISTS]',
    '[a = ERROR and a != x]',
    '[a = 1',
  ];
  expect(mistakes.map((pattern) => report(pattern)).join('\n\n')).toMatchInlineSnapshot(`
    "ERROR:
         ^
    ':' cannot stand in an unquoted term. Put quotes around the term: "ERROR:".

    ERR*
       ^
    '*' cannot stand in an unquoted term. Terms are found anywhere in the message: leave out the *.

    ERROR || WARN
          ^
    '|' cannot stand in an unquoted term. For one of several terms write ?a ?b.

    ERROR && WARN
          ^
    '&' cannot stand in an unquoted term. Terms side by side must all occur: a b.

    !ERROR
    ^
    '!' cannot stand in an unquoted term. For a term that must not occur write -a; otherwise quote: "!ERROR".

    user@example.com
        ^
    '@' cannot stand in an unquoted term. Put quotes around the term: "user@example.com".

    ERROR %WARN%
          ^
    '%' cannot stand in an unquoted term. A regular expression must be the whole pattern; for the character itself quote the term.

    ERROR -
           ^
    After '-' a term is expected, not the end of the pattern. For the character itself quote the term: "-".

    "ERROR
    ^^^^^^
    The quoted text is not closed. End it with "; a quote inside is written \\".

    "ERROR"WARN
           ^
    Between terms a blank is expected. A quote inside quoted text is written \\".

    (ERROR)
    ^
    '(' cannot stand in an unquoted term. Put quotes around the term: "(ERROR)".

    %^ERROR$
           ^
    A pattern that begins with '%' must end with '%'. Add it; or, to look for text that begins with %, quote that text.

    %café%
        ^
    'é' is not allowed in a regular expression, escaped or not. Regular expressions hold ASCII only; put . in its place.

    %(a|b)c%
     ^
    '(' is not allowed in a regular expression, escaped or not. There are no groups; | separates whole alternatives. For the character itself write \\x28.

    %\\bword\\b%
     ^^
    The regular expression does not compile: \\b is not an escape. Word boundaries do not exist; use [^A-Za-z0-9_].

    %a{2, 3}%
      ^
    The regular expression does not compile: '{' does not begin a count. Write {3}, {3,}, {,5} or {3,5} without blanks, or \\{ for the brace.

    %a++%
       ^
    The regular expression does not compile: a count cannot follow a count. Possessive counts such as a++ do not exist.

    %[[:digit:]]%
      ^
    The regular expression does not compile: named classes do not exist. Write the characters: [A-Za-z0-9].

    %a%b%
       ^^
    After a regular expression nothing more is expected. It stands alone; for one of several write %a|b%, for a percent sign \\x25.

    [a = 1 || b = 2]
              ^
    The condition of field 'a' names another field, 'b'. Each condition stands with its own field, and all of them must hold: [a = 1, b = 2].

    [a, b, a]
           ^
    Two fields are named 'a'. Give every field a name of its own.

    [..., a, ...]
             ^^^
    '...' stands twice. Only one stretch of fields can be left open.

    [1st, second]
     ^^^
    A field name, '...' or nothing is expected between commas, not '1st'. A name begins with a letter or _ and goes on with letters, digits, _ and -.

    ["ERROR", rest]
     ^^^^^^^
    A field name, '...' or nothing is expected between commas, not '"ERROR"'. Give the field a name: name = "ERROR". For a phrase in any place, quote the whole pattern instead.

    [a b]
       ^
    ',' or ']' is expected, not 'b'. Fields are separated by commas; a value of several words must be quoted.

    [a = two words]
             ^^^^^
    ',' or ']' is expected, not 'words'. Fields are separated by commas; a value of several words must be quoted.

    [$a = 1]
     ^
    '$' has no meaning here. Field names stand without $.

    [a == 1]
        ^
    After '=' a value is expected, not '='. Write = in place of ==.

    [a NOT EXISTS]
       ^^^
    ',' or ']' is expected, not 'NOT'. IS and NOT EXISTS are for JSON patterns only.

    [a = ERROR and a != x]
               ^^^
    ',' or ']' is expected, not 'and'. Write && in place of AND.

    [a = 1
         ^
    A pattern that begins with '[' must end with ']'. Add it; or, to look for text that begins with [, quote that text."
  `);
});

test('common mistakes in selectors are answered with what to write', () => {
  const mistakes = ['recipientAccountId', 'userIdentity.arn', '$', '$[0]', '$.a b', '$.a[*]', '$.a = 1', '', '$.a.'];
  expect(mistakes.map((text) => report(text, parseSelector)).join('\n\n')).toMatchInlineSnapshot(`
    "recipientAccountId
    ^^^^^^^^^^^^^^^^^^
    A selector begins with '$.'. Write $.recipientAccountId.

    userIdentity.arn
    ^^^^^^^^^^^^^^^^
    A selector begins with '$.'. Write $.userIdentity.arn.

    $
    ^
    A selector begins with '$.' and a property name. The event itself cannot be compared: name a property, $.a or $.['a.b'].

    $[0]
    ^^
    A selector begins with '$.' and a property name. The event itself cannot be compared: name a property, $.a or $.['a.b'].

    $.a b
       ^^
    The selector ends before a blank. A name holds letters, digits, _ and -; write any other as $.['the name'].

    $.a[*]
    ^^^^^^
    A wildcard selects many values where one is needed. Use an index: [0].

    $.a = 1
       ^^^^
    The selector ends before a blank. A name holds letters, digits, _ and -; write any other as $.['the name'].


    ^
    A selector begins with '$.'. Write $. before the property name.

    $.a.
        ^
    After '.' a property name is expected, not the end of the pattern. A name holds letters, digits, _ and -; write any other as $.['the name']."
  `);
});
