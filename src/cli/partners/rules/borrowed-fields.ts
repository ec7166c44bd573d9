import { fieldsOf, ownsField, type PartnerRule } from '../candidate.ts';
import { argument, directivesOf, hasDirective } from '../federation-directives.ts';
import { fieldsNamed } from '../field-set.ts';

/** Refuses fields of other subgraphs, except an entity's key and `@external` fields that it requires. */
export const borrowedFields: PartnerRule = (candidate, existing) =>
  [...fieldsOf(candidate)].flatMap(({ type, field, at }) => {
    const theirs = existing.types.get(type.name);
    if (type.name === 'Query' || ownsField(existing, type.name, field.name)) return [];
    if (theirs && hasDirective(theirs.directives, 'shareable')) return [];
    if (hasDirective(field.directives, 'external')) return [];
    const keys = directivesOf(type.directives, 'key').flatMap((key) =>
      fieldsNamed(argument(key, 'fields'), type.name, candidate.types),
    );
    return keys.includes(at) ? [] : [`${at} is answered by others: mark it @external, or choose another name.`];
  });
