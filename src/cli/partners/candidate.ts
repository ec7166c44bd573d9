import { type ConstDirectiveNode, type DocumentNode, GraphQLError, parse } from 'graphql';
import type { Partner } from '../../edge/partners.ts';
import { CodedError } from '../../errors.ts';
import type { SubgraphSource } from '../schema/composition.ts';
import { type DeclaredField, type DeclaredType, type DeclaredTypes, declaredTypes } from './declared-types.ts';
import { argument, directivesOf } from './federation-directives.ts';

/** A partner's subgraph as the rules look at it. */
export interface Candidate extends Partner {
  readonly document: DocumentNode;
  readonly types: DeclaredTypes;
  /** For development: it may answer on this machine. */
  readonly allowLoopback: boolean;
}

/** What is there without the candidate: our subgraphs, the generated one of `node`, and other partners'. */
export interface Existing {
  readonly types: DeclaredTypes;
  /** The fields that a partner may be given, as `Type.field`: our own say so, nobody else can. */
  readonly partnerInputs: ReadonlySet<string>;
  /** The prefixes of ids that are taken, with the type that each one names. */
  readonly idPrefixes: ReadonlyMap<string, string>;
}

/** One thing that a partner's subgraph may not do: the reasons why this one is refused, none where it isn't. */
export type PartnerRule = (candidate: Candidate, existing: Existing) => readonly string[];

/** The tag of fields that may be given to partners. */
export const PARTNER_INPUT = 'partner-input';

/** Throws CONFIGURATION for a schema that isn't GraphQL. */
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

/** Types that every schema has, and the roots, which nobody owns. */
const ROOTS: readonly string[] = ['Query', 'Mutation', 'Subscription'];

export function ownsType({ types }: Existing, name: string): boolean {
  return !types.has(name) && !ROOTS.includes(name);
}

/** Whether a field is the partner's own: of a type of its own, or one that nobody else has. */
export function ownsField(existing: Existing, type: string, field: string): boolean {
  return !existing.types.get(type)?.fields.has(field);
}

/** Every field of the candidate's objects and interfaces. */
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
  /** Whether what it is on is the partner's own. */
  readonly isOwn: boolean;
}

/** Every directive of that name in the candidate's schema, wherever it may stand. */
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
