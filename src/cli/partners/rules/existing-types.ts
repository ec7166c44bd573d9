import type { Candidate, Existing, PartnerRule } from '../candidate.ts';
import type { DeclaredType } from '../declared-types.ts';
import { hasDirective } from '../federation-directives.ts';

/**
 * Allows extensions of other subgraphs' entities only. A scalar, an enum, an input or a @shareable type may be repeated
 * unchanged. Where they differ, composition would unite or intersect them for everybody.
 */
export const existingTypes: PartnerRule = ({ types }: Candidate, existing: Existing) =>
  [...types.values()].flatMap((type) => {
    const theirs = existing.types.get(type.name);
    if (!theirs || type.name === 'Query' || type.name === 'Mutation' || type.name === 'Subscription') return [];
    if (theirs.kind !== type.kind) return [`${type.name} is taken: it is another kind of type. Choose another name.`];
    const reason = REASONS[type.kind](type, theirs);
    return reason === undefined ? [] : [`${type.name} ${reason}.`];
  });

type Reason = (type: DeclaredType, theirs: DeclaredType) => string | undefined;

const sameFields: Reason = (type, theirs) =>
  sameKeys(type.fields, theirs.fields) &&
  [...type.fields].every(([name, { type: t }]) => theirs.fields.get(name)?.type === t)
    ? undefined
    : `is not the one that is there (${list(theirs.fields)}): repeat it whole, or choose another name`;

const notYours: Reason = () => 'belongs to others: an interface or a union can not be extended by a partner';

const REASONS = {
  scalar: () => undefined,
  enum: ({ members }, theirs) =>
    sameKeys(members, theirs.members)
      ? undefined
      : `is not the one that is there (${list(theirs.members)}): repeat it whole, or choose another name`,
  input: sameFields,
  interface: notYours,
  union: notYours,
  object: (type, theirs) => {
    if (hasDirective(theirs.directives, 'key')) {
      return hasDirective(type.directives, 'key')
        ? undefined
        : 'belongs to others: it can be extended by its @key only, or choose another name';
    }
    return hasDirective(theirs.directives, 'shareable')
      ? sameFields(type, theirs)
      : 'belongs to others and has no @key: it can not be extended; choose another name';
  },
} as const satisfies Record<DeclaredType['kind'], Reason>;

function sameKeys(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean {
  return a.size === b.size && [...a.keys()].every((key) => b.has(key));
}

function list(of: ReadonlyMap<string, unknown>): string {
  return [...of.keys()].join(', ');
}
