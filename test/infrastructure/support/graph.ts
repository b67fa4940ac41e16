import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { Graph } from '../../../scripts/graph/graph.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';

export const ALL_SCENARIOS = Object.keys(SCENARIOS) as readonly Scenario[];

/** Those that are deployed, not live. */
export const DEPLOYED = ALL_SCENARIOS.filter((name) => !name.startsWith('live'));

export type Resource = Graph['resources'][number];

const graphs = new Map<Scenario, Graph>();

export function graphOf(scenario: Scenario): Graph {
  const known = graphs.get(scenario);
  if (known !== undefined) return known;
  const graph = JSON.parse(readFileSync(join(inject('graphsFolder'), `${scenario}.json`), 'utf8')) as Graph;
  graphs.set(scenario, graph);
  return graph;
}

export function resourcesOf(scenario: Scenario, type?: string): readonly Resource[] {
  const { resources } = graphOf(scenario);
  return type === undefined ? resources : resources.filter((resource) => resource.type === type);
}

/** The one resource of this name. Throws where there is none, or more. */
export function resource(scenario: Scenario, name: string): Resource {
  const found = graphOf(scenario).resources.filter((each) => each.name === name);
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${found.length} resources ${name} in ${scenario}`);
  return only;
}

/** An input, by a path such as `target.roleArn`. */
export function input({ inputs }: Pick<Resource, 'inputs'>, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key], inputs);
}
