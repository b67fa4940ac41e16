import { isJsonObject, type JsonObject } from '../json/index.ts';

/** Deep enough for locals that are made of locals; more is a circle. */
const MAX_DEPTH = 20;

/** The values of a Terraform configuration that it says itself: defaults of variables, locals, names of resources. */
export class TerraformScope {
  readonly #configuration: JsonObject;

  /** `configuration` is in the shape of Terraform's JSON syntax, as hcl2json writes it. */
  constructor(configuration: JsonObject) {
    this.#configuration = configuration;
  }

  /** The value with each `${...}` that is known put in; the others stay as they are. */
  resolve(value: unknown, depth = 0): unknown {
    if (Array.isArray(value)) return value.map((item) => this.resolve(item, depth));
    if (typeof value !== 'string' || depth > MAX_DEPTH) return value;
    const [, sole] = /^\$\{([^{}]+)\}$/.exec(value) ?? [];
    if (sole !== undefined) {
      const known = this.#lookUp(sole.trim());
      return known === undefined ? value : this.resolve(known, depth + 1);
    }
    return value.replaceAll(/(?<!\$)\$\{([^{}]+)\}/g, (whole, expression: string) => {
      const known = this.resolve(this.#lookUp(expression.trim()), depth + 1);
      return typeof known === 'string' || typeof known === 'number' ? String(known) : whole;
    });
  }

  #lookUp(expression: string): unknown {
    const steps = expression.replaceAll(/\[(\d+)\]/g, '.$1').split('.');
    const [first, second, third, ...rest] = steps;
    if (first === undefined || second === undefined) return undefined;
    if (first === 'var' && third === undefined) return blockIn(this.#configuration, 'variable', second)?.default;
    if (first === 'local' && third === undefined) {
      const { locals } = this.#configuration;
      for (const block of Array.isArray(locals) ? locals : [locals]) {
        if (isJsonObject(block) && Object.hasOwn(block, second)) return block[second];
      }
    }
    if (!first.startsWith('aws_') || third === undefined) return undefined;
    const resource = blockIn(this.#configuration, 'resource', first, second);
    // What the AWS provider gives as the id of these two resources is their name.
    const key = third === 'id' ? NAME_KEYS[first] : third;
    return key === undefined ? undefined : at(resource, [key, ...rest]);
  }
}

const NAME_KEYS: Readonly<Record<string, string>> = {
  aws_cloudwatch_log_metric_filter: 'name',
  aws_cloudwatch_metric_alarm: 'alarm_name',
  aws_cloudwatch_log_group: 'name',
};

/** The block under these labels. hcl2json puts each in a list, because HCL lets a block be written more than once. */
export function blockIn(configuration: JsonObject, ...labels: readonly string[]): JsonObject | undefined {
  const found = at(configuration, labels);
  const block: unknown = Array.isArray(found) ? found[0] : found;
  return isJsonObject(block) ? block : undefined;
}

function at(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return value;
  if (Array.isArray(value)) {
    const isIndex = /^\d+$/.test(step);
    return isIndex ? at(value[Number(step)], rest) : at(value[0], [step, ...rest]);
  }
  return isJsonObject(value) && Object.hasOwn(value, step) ? at(value[step], rest) : undefined;
}
