/** A DynamoDB update, clause by clause. Every attribute goes by a placeholder, because many good names are reserved words. */
export class UpdateExpression {
  readonly #set: string[] = [];
  readonly #add: string[] = [];
  readonly #remove: string[] = [];
  readonly #delete: string[] = [];
  readonly #names: Record<string, string> = {};
  readonly #values: Record<string, unknown> = {};
  #condition: string | undefined;

  set(attribute: string, value: unknown): this {
    this.#set.push(`${this.#name(attribute)} = ${this.#value(attribute, value)}`);
    return this;
  }

  setIfAbsent(attribute: string, value: unknown): this {
    const name = this.#name(attribute);
    this.#set.push(`${name} = if_not_exists(${name}, ${this.#value(attribute, value)})`);
    return this;
  }

  /** Undefined takes the attribute away. */
  setOrRemove(attribute: string, value: unknown): this {
    return value === undefined ? this.remove(attribute) : this.set(attribute, value);
  }

  /** Adds to a number, or elements to a set. */
  add(attribute: string, value: unknown): this {
    this.#add.push(`${this.#name(attribute)} ${this.#value(attribute, value)}`);
    return this;
  }

  /** Takes elements out of a set. */
  delete(attribute: string, elements: unknown): this {
    this.#delete.push(`${this.#name(attribute)} ${this.#value(attribute, elements)}`);
    return this;
  }

  remove(attribute: string): this {
    this.#remove.push(this.#name(attribute));
    return this;
  }

  /** The update takes effect only where this holds. `attributes` are names that nothing else in the update mentions. */
  onlyIf(condition: string, values: Readonly<Record<string, unknown>>, ...attributes: readonly string[]): this {
    for (const attribute of attributes) this.#name(attribute);
    Object.assign(this.#values, values);
    this.#condition = condition;
    return this;
  }

  build() {
    const clauses = [
      ['SET', this.#set],
      ['ADD', this.#add],
      ['REMOVE', this.#remove],
      ['DELETE', this.#delete],
    ] as const;
    return {
      UpdateExpression: clauses
        .filter(([, parts]) => parts.length > 0)
        .map(([keyword, parts]) => `${keyword} ${parts.join(', ')}`)
        .join(' '),
      ExpressionAttributeNames: this.#names,
      ExpressionAttributeValues: this.#values,
      ...(this.#condition === undefined ? {} : { ConditionExpression: this.#condition }),
    };
  }

  #name(attribute: string): string {
    this.#names[`#${attribute}`] = attribute;
    return `#${attribute}`;
  }

  #value(attribute: string, value: unknown): string {
    this.#values[`:${attribute}`] = value;
    return `:${attribute}`;
  }
}
