import { pathKey, type FieldPath } from '../plan/atom.ts';

/** A property name that patterns mention, below the ones before it. */
export interface TreeNode {
  readonly number: number;
  readonly children: Map<string, TreeNode>;
  /** The number of the field that the path to here names; undefined where it only leads on. */
  field: number | undefined;
  /** Whether patterns are looked up by the field, or by something below. */
  isFirst: boolean;
}

/** The properties that patterns mention, as a tree, so that one walk over an event finds all of them. */
export class FieldTree {
  readonly root: TreeNode = { number: 0, children: new Map(), field: undefined, isFirst: true };
  readonly #fields = new Map<string, number>();
  /** By a field's number. */
  readonly #isFirst: boolean[] = [];
  #nodeCount = 1;

  get nodeCount(): number {
    return this.#nodeCount;
  }

  get fieldCount(): number {
    return this.#fields.size;
  }

  /** The number of a field: the same for the same path. */
  field(path: FieldPath): number {
    const key = pathKey(path);
    const known = this.#fields.get(key);
    if (known !== undefined) return known;
    const field = this.#fields.size;
    this.#fields.set(key, field);
    path.reduce((node, name) => this.#child(node, name), this.root).field = field;
    return field;
  }

  /** The number of a field that must be known before any pattern has been looked up. */
  needFirst(path: FieldPath): number {
    const field = this.field(path);
    if (this.#isFirst[field] === true) return field;
    this.#isFirst[field] = true;
    path.reduce((node, name) => {
      const child = this.#child(node, name);
      child.isFirst = true;
      return child;
    }, this.root);
    return field;
  }

  #child(node: TreeNode, name: string): TreeNode {
    const known = node.children.get(name);
    if (known !== undefined) return known;
    const child: TreeNode = { number: this.#nodeCount, children: new Map(), field: undefined, isFirst: false };
    this.#nodeCount += 1;
    node.children.set(name, child);
    return child;
  }
}

/** Every node, in the order of their numbers. */
export function nodesOf(root: TreeNode): readonly TreeNode[] {
  const nodes: TreeNode[] = [];
  const visit = (node: TreeNode) => {
    nodes[node.number] = node;
    node.children.forEach(visit);
  };
  visit(root);
  return nodes;
}
