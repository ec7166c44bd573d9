import { type DocumentNode, type GraphQLFieldResolver, Kind } from 'graphql';
import { CodedError } from '../errors.ts';

/** The key fields of one entity, and what else its subgraph `@requires`, as another subgraph knows them. */
export type Representation = Readonly<Record<string, unknown>>;

/**
 * Loads all entities of one type that a request refers to, in one call.
 * Answers one value for each representation, in their order: the parent object, null where there is none, or an Error
 * that becomes that one entity's error.
 */
export type ReferenceResolver<Context> = (
  representations: readonly Representation[],
  context: Context,
) => Promise<readonly (object | null | Error)[]>;

export type References<Context> = Readonly<Record<string, ReferenceResolver<Context>>>;

/** References by `id`, through a loader of the request's store. */
export function byId<Context>(
  loaderOf: (context: Context) => { loadMany(ids: readonly string[]): Promise<readonly (object | null)[]> },
): ReferenceResolver<Context> {
  return (representations, context) => loaderOf(context).loadMany(representations.map(({ id }) => String(id)));
}

/** References to entities that another subgraph owns: here nothing is known of one but its id. */
export async function stubs(representations: readonly Representation[]): Promise<readonly { id: string }[]> {
  return representations.map(({ id }) => ({ id: String(id) }));
}

/** The resolver of `Query._entities` (federation's subgraph specification): one call a type, order restored. */
export function entitiesResolver<Context>(references: References<Context>): GraphQLFieldResolver<unknown, Context> {
  return async (_, args, context) => {
    const representations: readonly Representation[] = args.representations;
    const positions = new Map<string, number[]>();
    for (const [position, { __typename }] of representations.entries()) {
      const name = String(__typename);
      const same = positions.get(name);
      if (same) same.push(position);
      else positions.set(name, [position]);
    }
    const entities: (object | null | Error)[] = new Array(representations.length).fill(null);
    await Promise.all(
      Array.from(positions, async ([typeName, at]) => {
        const found = await resolveType(
          typeName,
          references[typeName],
          at.map((position) => representations[position] as Representation),
          context,
        );
        for (const [i, position] of at.entries()) entities[position] = found[i] ?? null;
      }),
    );
    return entities;
  };
}

/** Never rejects: what goes wrong for a type is the error of each of its representations, and of no other's. */
async function resolveType<Context>(
  typeName: string,
  resolve: ReferenceResolver<Context> | undefined,
  representations: readonly Representation[],
  context: Context,
): Promise<readonly (object | null | Error)[]> {
  try {
    if (!resolve) throw new CodedError('BAD_USER_INPUT', `"${typeName}" is no entity of this subgraph.`);
    const found = await resolve(representations, context);
    if (found.length !== representations.length) {
      throw new Error(`${typeName}: ${found.length} entities for ${representations.length} representations`);
    }
    return found.map((entity) => named(entity, typeName));
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error('a reference resolver threw what is no Error');
    return representations.map(() => error);
  }
}

/** `_Entity` is a union: an entity says its type. Records of the storage needn't, so a copy does. */
function named(entity: object | null | Error, typeName: string): object | null | Error {
  if (entity === null || entity instanceof Error) return entity;
  return '__typename' in entity ? entity : { ...entity, __typename: typeName };
}

/** Throws CONFIGURATION where an entity of the SDL has no reference resolver, or one belongs to no entity. */
export function checkReferences(subgraph: string, sdl: DocumentNode, references: References<never>): void {
  const entities = new Set(resolvableEntities(sdl));
  const missing = [...entities].filter((name) => !references[name]);
  const idle = Object.keys(references).filter((name) => !entities.has(name));
  if (missing.length > 0) {
    throw new CodedError('CONFIGURATION', `Subgraph ${subgraph} cannot resolve its entities ${missing.join(', ')}.`);
  }
  if (idle.length > 0) {
    throw new CodedError(
      'CONFIGURATION',
      `Subgraph ${subgraph} has references for ${idle.join(', ')}, not its entities.`,
    );
  }
}

function resolvableEntities(sdl: DocumentNode): string[] {
  return sdl.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION) return [];
    const resolvable = definition.directives?.some(
      (directive) =>
        directive.name.value === 'key' &&
        !directive.arguments?.some(
          ({ name, value }) => name.value === 'resolvable' && value.kind === Kind.BOOLEAN && !value.value,
        ),
    );
    return resolvable ? [definition.name.value] : [];
  });
}
