import { type Candidate, type Existing, ownsField, ownsType, type PartnerRule } from '../candidate.ts';
import { argument, directivesOf } from '../federation-directives.ts';
import { fieldsNamed } from '../field-set.ts';

/**
 * Requires keys of the partner's own fields or of fields that partners may receive. Another subgraph's entity has one
 * key only: two keys would reveal which values belong together.
 */
export const keys: PartnerRule = (candidate, existing) => [
  ...unmarkedInKeys(candidate, existing),
  ...secondKeys(candidate, existing),
];

function unmarkedInKeys({ types }: Candidate, existing: Existing): string[] {
  return [...types.values()].flatMap((type) =>
    directivesOf(type.directives, 'key')
      .flatMap((key) => fieldsNamed(argument(key, 'fields'), type.name, types))
      .filter((at) => !isOwn(existing, at) && !existing.partnerInputs.has(at))
      .map((at) => `The @key of ${type.name} names ${at}, which partners are not given. ${offered(existing, at)}`),
  );
}

function secondKeys({ types }: Candidate, existing: Existing): string[] {
  return [...types.values()]
    .filter((type) => !ownsType(existing, type.name) && directivesOf(type.directives, 'key').length > 1)
    .map(
      ({ name }) =>
        `${name} is an entity of others and has more than one @key: a partner would decide which ${name} is which. Keep one.`,
    );
}

export function isOwn(existing: Existing, at: string): boolean {
  const [type = '', field = ''] = at.split('.');
  return ownsField(existing, type, field);
}

/** Returns a hint at the fields that partners may receive, of the same type if there are any. */
export function offered({ partnerInputs }: Existing, at: string): string {
  const [type = ''] = at.split('.');
  const ofType = [...partnerInputs].filter((each) => each.startsWith(`${type}.`));
  return `They may be given ${(ofType.length > 0 ? ofType : [...partnerInputs]).join(', ')}.`;
}
