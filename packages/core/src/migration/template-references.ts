import { isJsonObject } from '../json/index.ts';

/** What a template refers to, besides CloudFormation's own pseudo parameters. */
export interface TemplateReferences {
  /** Names that a parameter can have. */
  readonly parameters: readonly string[];
  /** What a template that has only metric filters, alarms and parameters cannot say: attributes of resources, conditions, mappings. */
  readonly others: readonly string[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html */
const PARAMETER_NAME = /^[A-Za-z\d]{1,255}$/;

/** Everything that the resources of a template refer to, each once. */
export function templateReferences(resources: unknown): TemplateReferences {
  const found = new Set<string>();
  collect(resources, found);
  const names = [...found].filter((name) => !name.startsWith('AWS::'));
  return {
    parameters: names.filter((name) => PARAMETER_NAME.test(name)),
    others: names.filter((name) => !PARAMETER_NAME.test(name)),
  };
}

function collect(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collect(item, found);
  if (!isJsonObject(value)) return;
  for (const [name, argument] of Object.entries(value)) {
    const [first] = Array.isArray(argument) ? (argument as readonly unknown[]) : [argument];
    if (name === 'Ref' && typeof argument === 'string') found.add(argument);
    else if (name === 'Fn::Sub' && typeof first === 'string') {
      for (const [, reference = ''] of first.matchAll(/\$\{([^!}][^}]*)\}/g)) found.add(reference);
    } else if (name === 'Fn::GetAtt') found.add(Array.isArray(argument) ? argument.join('.') : String(argument));
    else if (name === 'Fn::If') found.add(`the condition ${String(first)}`);
    else if (name === 'Fn::FindInMap') found.add(`the mapping ${String(first)}`);
    collect(argument, found);
  }
}
