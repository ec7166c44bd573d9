import { type ConstDirectiveNode, type DocumentNode, GraphQLError, parse } from 'graphql';
import type { Partner } from '../../edge/partners.ts';
import { CodedError } from '../../errors.ts';
import type { SubgraphSource } from '../schema/composition.ts';
import { type DeclaredField, type DeclaredType, type DeclaredTypes, declaredTypes } from './declared-types.ts';
import { argument, directivesOf } from './federation-directives.ts';

/** A partner's subgraph in the form that the rules check. */
export interface Candidate extends Partner {
  readonly document: DocumentNode;
  readonly types: DeclaredTypes;
  /** True in development: the partner may run on this machine. */
  readonly allowLoopback: boolean;
}

/** The composition without the candidate: our subgraphs, the generated one of `node`, and other partners'. */
export interface Existing {
  readonly types: DeclaredTypes;
  /** The fields that a partner's `@requires` may name, as `Type.field`. Only our own schemas mark them. */
  readonly partnerInputs: ReadonlySet<string>;
  /** The registered prefixes of ids, with each one's type. */
  readonly idPrefixes: ReadonlyMap<string, string>;
}

/** A rule for partners' subgraphs. It returns the reasons for refusing the candidate, none if it passes. */
export type PartnerRule = (candidate: Candidate, existing: Existing) => readonly string[];

/** The tag of fields that partners may receive. */
export const PARTNER_INPUT = 'partner-input';

/** Parses a partner's schema. Throws CONFIGURATION for invalid GraphQL. */
export function readCandidate(partner: Partner, allowLoopback: boolean): Candidate {
  try {
    const document = parse(partner.sdl);
    return { ...partner, document, types: declaredTypes([document]), allowLoopback };
  } catch (cause) {
    const [at] = (cause instanceof GraphQLError && cause.locations) || [];
    const place = at ? ` (line ${at.line}, column ${at.column})` : '';
    throw new CodedError('CONFIGURATION', `The schema is not GraphQL: ${(cause as Error).message}${place}`, { cause });
  }
}

export function readExisting(
  own: readonly SubgraphSource[],
  others: readonly SubgraphSource[],
  idPrefixes: ReadonlyMap<string, string>,
): Existing {
  const documents = (sources: readonly SubgraphSource[]) => sources.map(({ sdl }) => parse(sdl, { noLocation: true }));
  const ours = declaredTypes(documents(own));
  const partnerInputs = [...ours.values()].flatMap(({ name, fields }) =>
    [...fields.values()].filter(({ directives }) => isPartnerInput(directives)).map((field) => `${name}.${field.name}`),
  );
  return {
    types: declaredTypes(documents([...own, ...others])),
    partnerInputs: new Set(partnerInputs),
    idPrefixes,
  };
}

function isPartnerInput(directives: readonly ConstDirectiveNode[]): boolean {
  return directivesOf(directives, 'tag').some((tag) => argument(tag, 'name') === PARTNER_INPUT);
}

/** The root types, which every schema has and nobody owns. */
const ROOTS: readonly string[] = ['Query', 'Mutation', 'Subscription'];

export function ownsType({ types }: Existing, name: string): boolean {
  return !types.has(name) && !ROOTS.includes(name);
}

/** Tells whether a field is the partner's own: its type is, or no other subgraph has the field. */
export function ownsField(existing: Existing, type: string, field: string): boolean {
  return !existing.types.get(type)?.fields.has(field);
}

/** Yields every field of the candidate's objects and interfaces. */
export function* fieldsOf({ types }: Candidate): Iterable<{ type: DeclaredType; field: DeclaredField; at: string }> {
  for (const type of types.values()) {
    if (type.kind !== 'object' && type.kind !== 'interface') continue;
    for (const field of type.fields.values()) yield { type, field, at: `${type.name}.${field.name}` };
  }
}

export interface Place {
  /** A schema coordinate: `Park`, `Park.name`, `Park.name(locale:)`, `Locale.ZH`; `schema` for the schema itself. */
  readonly at: string;
  readonly directive: ConstDirectiveNode;
  /** True if the directive's element is the partner's own. */
  readonly isOwn: boolean;
}

/** Yields every directive of a name in the candidate's schema, in all locations. */
export function* placesOf(name: string, { types, document }: Candidate, existing: Existing): Iterable<Place> {
  const found = (at: string, directives: readonly ConstDirectiveNode[] | undefined, isOwn: boolean): Place[] =>
    directivesOf(directives ?? [], name).map((directive) => ({ at, directive, isOwn }));

  for (const definition of document.definitions) {
    if (definition.kind === 'SchemaDefinition' || definition.kind === 'SchemaExtension') {
      yield* found('schema', definition.directives, false);
    }
  }
  for (const type of types.values()) {
    const ownType = ownsType(existing, type.name);
    yield* found(type.name, type.directives, ownType);
    for (const [member, directives] of type.members) yield* found(`${type.name}.${member}`, directives, ownType);
    for (const field of type.fields.values()) {
      const ownField = ownsField(existing, type.name, field.name);
      yield* found(`${type.name}.${field.name}`, field.directives, ownField);
      for (const { name: arg, directives } of field.args) {
        yield* found(`${type.name}.${field.name}(${arg.value}:)`, directives, ownField);
      }
    }
  }
}
