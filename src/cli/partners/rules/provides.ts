import { fieldsOf, type PartnerRule } from '../candidate.ts';
import { argument, directivesOf } from '../federation-directives.ts';
import { fieldsNamed } from '../field-set.ts';
import { isOwn } from './keys.ts';

/** Refuses `@provides` of other subgraphs' fields. */
export const provides: PartnerRule = (candidate, existing) =>
  [...fieldsOf(candidate)].flatMap(({ field, at }) =>
    directivesOf(field.directives, 'provides')
      .flatMap((directive) => fieldsNamed(argument(directive, 'fields'), field.namedType, candidate.types))
      .filter((provided) => !isOwn(existing, provided))
      .map((provided) => `${at} provides ${provided}, which others answer: the gateway asks them.`),
  );
