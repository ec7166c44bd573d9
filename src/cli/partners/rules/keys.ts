import { type Candidate, type Existing, ownsField, ownsType, type PartnerRule } from '../candidate.ts';
import { argument, directivesOf } from '../federation-directives.ts';
import { fieldsNamed } from '../field-set.ts';

/**
 * A key is made of fields of its own, or of fields that partners may be given. An entity of others has one key only: with
 * two it would say which value of one belongs to the other.
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

/** What partners may be given instead, of the same type where there is any. */
export function offered({ partnerInputs }: Existing, at: string): string {
  const [type = ''] = at.split('.');
  const ofType = [...partnerInputs].filter((each) => each.startsWith(`${type}.`));
  return `They may be given ${(ofType.length > 0 ? ofType : [...partnerInputs]).join(', ')}.`;
}
