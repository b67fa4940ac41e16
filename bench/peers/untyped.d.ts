/** What the bench uses of peers that bring no types. */

declare module 'jmespath' {
  const jmespath: { search(value: unknown, expression: string): unknown };
  export default jmespath;
}

declare module 'json-logic-js' {
  const jsonLogic: { apply(rule: unknown, value: unknown): unknown };
  export default jsonLogic;
}
