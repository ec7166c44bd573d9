import { fieldsOf, type PartnerRule } from '../candidate.ts';
import { argument, directivesOf } from '../federation-directives.ts';
import { fieldsNamed } from '../field-set.ts';
import { isOwn, offered } from './keys.ts';

/**
 * Allows `@requires` of the partner's own fields and of those that partners may receive. Any other field would be sent
 * to the partner.
 */
export const requires: PartnerRule = (candidate, existing) =>
  [...fieldsOf(candidate)].flatMap(({ type, field, at }) =>
    directivesOf(field.directives, 'requires')
      .flatMap((directive) => fieldsNamed(argument(directive, 'fields'), type.name, candidate.types))
      .filter((needed) => !isOwn(existing, needed) && !existing.partnerInputs.has(needed))
      .map((needed) => `${at} requires ${needed}, which partners are not given. ${offered(existing, needed)}`),
  );
