import { audienceFault } from '../../permissions/audience.ts';
import { fieldsOf, ownsField, type PartnerRule } from '../candidate.ts';
import { hasDirective } from '../federation-directives.ts';

/** Each field of its own says who may ask for it, in our words: what is said by nobody would be for everybody. */
export const audience: PartnerRule = (candidate, existing) =>
  [...fieldsOf(candidate)]
    .filter(
      ({ type, field }) => ownsField(existing, type.name, field.name) && !hasDirective(field.directives, 'external'),
    )
    .flatMap(({ field, at }) => {
      const fault = audienceFault(field.directives);
      return fault === undefined ? [] : [`${at} ${fault}`];
    });
