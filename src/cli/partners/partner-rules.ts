import type { PartnerRule } from './candidate.ts';
import { address } from './rules/address.ts';
import { audience } from './rules/audience.ts';
import { authorization } from './rules/authorization.ts';
import { borrowedFields } from './rules/borrowed-fields.ts';
import { costs } from './rules/costs.ts';
import { deprecations } from './rules/deprecations.ts';
import { existingTypes } from './rules/existing-types.ts';
import { idPrefixes } from './rules/id-prefixes.ts';
import { keys } from './rules/keys.ts';
import { links } from './rules/links.ts';
import { nullableFields } from './rules/nullable-fields.ts';
import { provides } from './rules/provides.ts';
import { readsOnly } from './rules/reads-only.ts';
import {
  noComposeDirective,
  noContext,
  noInaccessible,
  noInterfaceObject,
  noOverride,
} from './rules/refused-directives.ts';
import { requires } from './rules/requires.ts';
import { rootFields } from './rules/root-fields.ts';
import { scalars } from './rules/scalars.ts';
import { tags } from './rules/tags.ts';

/**
 * The rules for partners' subgraphs, in the order of the report: address and protocol, additions, received fields,
 * claims about others' types. Composition alone would accept everything that they refuse.
 */
export const PARTNER_RULES: Readonly<Record<string, PartnerRule>> = Object.freeze({
  address,
  links,
  scalars,
  'reads-only': readsOnly,
  'root-fields': rootFields,
  'existing-types': existingTypes,
  'borrowed-fields': borrowedFields,
  'nullable-fields': nullableFields,
  'id-prefixes': idPrefixes,
  keys,
  requires,
  provides,
  'no-override': noOverride,
  'no-inaccessible': noInaccessible,
  'no-interface-object': noInterfaceObject,
  'no-compose-directive': noComposeDirective,
  'no-context': noContext,
  audience,
  authorization,
  tags,
  deprecations,
  costs,
});
