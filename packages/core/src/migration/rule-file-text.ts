import { Document, isMap, isPair } from 'yaml';
import { visibleYaml } from './visible-yaml.ts';

const STUBS = {
  matches: ' records that the rule must count; `npx trailbell lint` asks for them',
  ignores: ' records that look alike and that it must not count',
};

/** The text of a rule file: block style, long lines unfolded, nothing hidden, a comment that says what belongs into empty examples. */
export function ruleFileText(rule: Readonly<Record<string, unknown>>, schemaPath?: string): string {
  const document = new Document(rule);
  if (schemaPath !== undefined) document.commentBefore = ` yaml-language-server: $schema=${schemaPath}`;
  const examples = document.get('examples');
  for (const pair of isMap(examples) ? examples.items : []) {
    if (!isPair(pair)) continue;
    const comment = STUBS[String(pair.key) === 'matches' ? 'matches' : 'ignores'];
    const list: unknown = pair.value;
    if (typeof list === 'object' && list !== null && 'comment' in list) list.comment = comment;
  }
  return visibleYaml(document);
}
