import { pathKey, type FieldPath } from '../plan/atom.ts';

/** A property name that patterns mention, below the ones before it. */
export interface TreeNode {
  readonly number: number;
  /** The number of the one above. */
  readonly parent: number;
  readonly children: Map<string, TreeNode>;
  /** The number of the field that the path to here names; undefined where it only leads on. */
  field: number | undefined;
  /** Whether patterns are looked up by the field. */
  isLookedUp: boolean;
  /** Whether the field must be known for every event, whatever patterns are looked up. */
  isAsked: boolean;
}

/** The properties that patterns mention, as a tree, so that one walk over an event finds all of them. */
export class FieldTree {
  readonly root: TreeNode = newNode(0, 0);
  readonly #fields = new Map<string, number>();
  /** The same for paths that were asked for before. */
  readonly #fieldsOfPaths = new Map<FieldPath, number>();
  /** By a field's number. */
  readonly #nodes: TreeNode[] = [];
  #nodeCount = 1;

  get nodeCount(): number {
    return this.#nodeCount;
  }

  get fieldCount(): number {
    return this.#fields.size;
  }

  /** The number of a field: the same for the same path. */
  field(path: FieldPath): number {
    const known = this.#fieldsOfPaths.get(path);
    if (known !== undefined) return known;
    const field = this.#fieldOf(path);
    this.#fieldsOfPaths.set(path, field);
    return field;
  }

  #fieldOf(path: FieldPath): number {
    const key = pathKey(path);
    const known = this.#fields.get(key);
    if (known !== undefined) return known;
    const field = this.#fields.size;
    this.#fields.set(key, field);
    const node = path.reduce((parent, name) => this.#child(parent, name), this.root);
    node.field = field;
    this.#nodes.push(node);
    return field;
  }

  /** The number of a field that patterns are looked up by. */
  lookUp(path: FieldPath): number {
    const field = this.field(path);
    this.node(field).isLookedUp = true;
    return field;
  }

  /** Has the field known for every event. */
  ask(path: FieldPath): void {
    this.node(this.field(path)).isAsked = true;
  }

  /** The node that a field is. */
  node(field: number): TreeNode {
    const node = this.#nodes[field];
    if (node === undefined) throw new RangeError(`there is no field ${field}`);
    return node;
  }

  #child(parent: TreeNode, name: string): TreeNode {
    const known = parent.children.get(name);
    if (known !== undefined) return known;
    const child = newNode(this.#nodeCount, parent.number);
    this.#nodeCount += 1;
    parent.children.set(name, child);
    return child;
  }
}

function newNode(number: number, parent: number): TreeNode {
  return { number, parent, children: new Map(), field: undefined, isLookedUp: false, isAsked: false };
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

/** Whether the walk reads the node at once: patterns are looked up by it, or by something below, or that is asked in every event. */
export function isFirst({ isLookedUp, isAsked, children }: TreeNode): boolean {
  return isLookedUp || isAsked || [...children.values()].some(isFirst);
}

/** The field, and the last name of its path, that stands for all that an event is looked up by below a node. */
export interface SearchedField {
  readonly field: number;
  readonly name: string;
}

/**
 * What is searched for in the text of an object in place of a walk through it: the only field below it that is read at once, where
 * that is for lookups alone.
 */
export function searchedField(node: TreeNode): SearchedField | undefined {
  const [only, ...others] = node.isAsked ? [] : firstNodesBelow(node);
  if (only === undefined || others.length > 0 || only.node.isAsked || only.node.field === undefined) return undefined;
  return { field: only.node.field, name: only.name };
}

function firstNodesBelow({ children }: TreeNode): readonly { readonly name: string; readonly node: TreeNode }[] {
  return [...children].flatMap(([name, node]) => {
    const below = firstNodesBelow(node);
    return node.isLookedUp || node.isAsked ? [{ name, node }, ...below] : below;
  });
}
