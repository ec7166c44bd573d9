import { type DocumentNode, type GraphQLFieldResolver, Kind } from 'graphql';
import { CodedError } from '../errors.ts';

/** One entity's key fields and `@requires` fields, as another subgraph knows them. */
export type Representation = Readonly<Record<string, unknown>>;

/**
 * Loads all entities of one type that a request refers to, in one call. Returns one value per representation, in order:
 * the parent object, null if there is none, or an Error for that entity.
 */
export type ReferenceResolver<Context> = (
  representations: readonly Representation[],
  context: Context,
) => Promise<readonly (object | null | Error)[]>;

export type References<Context> = Readonly<Record<string, ReferenceResolver<Context>>>;

/** Resolves references by `id`, through a loader of the request's store. */
export function byId<Context>(
  loaderOf: (context: Context) => { loadMany(ids: readonly string[]): Promise<readonly (object | null)[]> },
): ReferenceResolver<Context> {
  return (representations, context) => loaderOf(context).loadMany(representations.map(({ id }) => String(id)));
}

/** Resolves references to entities of another subgraph, of which only the id is known here. */
export async function stubs(representations: readonly Representation[]): Promise<readonly { id: string }[]> {
  return representations.map(({ id }) => ({ id: String(id) }));
}

/**
 * Makes the resolver of `Query._entities` (federation's subgraph specification): one call per type, in the order of the
 * request.
 */
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

/** Resolves one type. It never rejects: a failure becomes the error of this type's representations only. */
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

/** Adds the type's name to a copy of an entity, because `_Entity` is a union and stored records lack it. */
function named(entity: object | null | Error, typeName: string): object | null | Error {
  if (entity === null || entity instanceof Error) return entity;
  return '__typename' in entity ? entity : { ...entity, __typename: typeName };
}

/** Throws CONFIGURATION if an entity of the SDL lacks a reference resolver, or a resolver has no entity. */
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
