import { fieldsOf, type PartnerRule } from '../candidate.ts';
import { argument, directivesOf } from '../federation-directives.ts';
import { fieldsNamed } from '../field-set.ts';
import { isOwn, offered } from './keys.ts';

/** What it requires is its own, or what partners may be given: everything else would travel to it. */
export const requires: PartnerRule = (candidate, existing) =>
  [...fieldsOf(candidate)].flatMap(({ type, field, at }) =>
    directivesOf(field.directives, 'requires')
      .flatMap((directive) => fieldsNamed(argument(directive, 'fields'), type.name, candidate.types))
      .filter((needed) => !isOwn(existing, needed) && !existing.partnerInputs.has(needed))
      .map((needed) => `${at} requires ${needed}, which partners are not given. ${offered(existing, needed)}`),
  );
