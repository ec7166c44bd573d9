import { type ConstDirectiveNode, type DirectiveNode, type DocumentNode, Kind, valueFromASTUntyped } from 'graphql';
import { FederationError } from '../errors.ts';

/** Reads applied directives of the join specification, whatever the supergraph calls them. */
export interface Join {
  /** The name of the enum of subgraphs. */
  readonly graphEnum: string;
  /** The arguments of each application of a join directive at a definition. */
  read(name: JoinDirective, node: { readonly directives?: readonly ConstDirectiveNode[] | undefined }): JoinArguments[];
}

export type JoinDirective = 'graph' | 'type' | 'field' | 'implements' | 'unionMember';
export type JoinArguments = Readonly<Record<string, unknown>>;

const JOIN = /^https:\/\/specs\.apollo\.dev\/join\/v\d+\.\d+\/?$/;

/**
 * Finds the join specification in a supergraph's links.
 * @throws FederationError INVALID_SUPERGRAPH for what is no supergraph
 */
export function readJoin(supergraph: DocumentNode): Join {
  const applied = supergraph.definitions.flatMap((definition): readonly DirectiveNode[] =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? (definition.directives ?? [])
      : [],
  );
  for (const directive of applied) {
    const { url, as, import: imported } = argumentsOf(directive);
    if (typeof url !== 'string' || !JOIN.test(url)) continue;
    return joinNamed(typeof as === 'string' ? as : 'join', importsOf(imported));
  }
  throw new FederationError(
    'INVALID_SUPERGRAPH',
    'The schema does not link https://specs.apollo.dev/join: it is no supergraph.',
  );
}

function joinNamed(namespace: string, imports: ReadonlyMap<string, string>): Join {
  const nameOf = (name: string) => imports.get(`@${name}`)?.slice(1) ?? `${namespace}__${name}`;
  return {
    graphEnum: imports.get('Graph') ?? `${namespace}__Graph`,
    read: (name, { directives = [] }) =>
      directives.filter((directive) => directive.name.value === nameOf(name)).map(argumentsOf),
  };
}

export function argumentsOf({ arguments: given = [] }: DirectiveNode): JoinArguments {
  return Object.fromEntries(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
}

export function importsOf(imported: unknown): ReadonlyMap<string, string> {
  const imports = new Map<string, string>();
  for (const one of Array.isArray(imported) ? imported : []) {
    if (typeof one === 'string') imports.set(one, one);
    else if (typeof one?.name === 'string') imports.set(one.name, typeof one.as === 'string' ? one.as : one.name);
  }
  return imports;
}
