import { parse } from 'graphql';
import { declaredTypes } from '../partners/declared-types.ts';
import { hasDirective } from '../partners/federation-directives.ts';
import type { SubgraphSource } from '../schema/composition.ts';
import { audienceFault } from './audience.ts';

/**
 * Returns the faults of fields without a valid declaration of their audience. An `@external` field is its owner's
 * concern.
 * @param others coordinates of fields that other subgraphs declare
 */
export function audienceFaults(
  subgraphs: readonly SubgraphSource[],
  others: ReadonlySet<string> = new Set(),
): readonly string[] {
  return subgraphs.flatMap(({ name, sdl }) =>
    coordinates({ sdl }).flatMap(({ at, directives }) => {
      const fault = hasDirective(directives, 'external') || others.has(at) ? undefined : audienceFault(directives);
      return fault === undefined ? [] : [`${at} in ${name} ${fault}`];
    }),
  );
}

/** Returns the coordinates of the fields that these subgraphs declare. */
export function declaredFields(subgraphs: readonly SubgraphSource[]): ReadonlySet<string> {
  return new Set(subgraphs.flatMap((subgraph) => coordinates(subgraph).map(({ at }) => at)));
}

function coordinates({ sdl }: Pick<SubgraphSource, 'sdl'>) {
  return [...declaredTypes([parse(sdl, { noLocation: true })]).values()]
    .filter(({ kind }) => kind === 'object' || kind === 'interface')
    .flatMap((type) =>
      [...type.fields.values()].map(({ name, directives }) => ({ at: `${type.name}.${name}`, directives })),
    );
}
