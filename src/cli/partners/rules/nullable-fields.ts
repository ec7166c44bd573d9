import { fieldsOf, ownsField, type PartnerRule } from '../candidate.ts';

/**
 * Requires nullable fields on other subgraphs' types and on Query, so that a partner's failure leaves the rest of the
 * answer.
 */
export const nullableFields: PartnerRule = (candidate, existing) =>
  [...fieldsOf(candidate)].flatMap(({ type, field, at }) => {
    const isShared = type.name === 'Query' || existing.types.has(type.name);
    return isShared && ownsField(existing, type.name, field.name) && field.type.endsWith('!')
      ? [
          `${at} must be nullable ("${field.type.slice(0, -1)}"): while you can't be reached it is null, and must not take what others know along.`,
        ]
      : [];
  });
