import { parse } from 'graphql';
import { declaredTypes } from '../partners/declared-types.ts';
import { hasDirective } from '../partners/federation-directives.ts';
import type { SubgraphSource } from '../schema/composition.ts';
import { audienceFault } from './audience.ts';

/**
 * The fields of these subgraphs that don't say who may ask for them, each with what is wrong. What a subgraph only borrows
 * (`@external`) is its owner's to say, as are `others`: fields, by coordinate.
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

/** The coordinates of the fields that these subgraphs declare. */
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
