import { audienceFault } from '../../permissions/audience.ts';
import { fieldsOf, ownsField, type PartnerRule } from '../candidate.ts';
import { hasDirective } from '../federation-directives.ts';

/** Requires our authorization directives on each of the partner's own fields: a field without any would be public. */
export const audience: PartnerRule = (candidate, existing) =>
  [...fieldsOf(candidate)]
    .filter(
      ({ type, field }) => ownsField(existing, type.name, field.name) && !hasDirective(field.directives, 'external'),
    )
    .flatMap(({ field, at }) => {
      const fault = audienceFault(field.directives);
      return fault === undefined ? [] : [`${at} ${fault}`];
    });
