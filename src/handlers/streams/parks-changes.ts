import { facilityPlaces } from './facility-places.ts';
import { handOn } from './hand-on.ts';
import { knownParks } from './known-parks.ts';
import { policyFacts } from './policy-facts.ts';

/** The consumers of the stream of parks, one for each table that they write to. */
export const PARKS_CONSUMERS = [policyFacts, knownParks, facilityPlaces] as const;

/** Reads the stream of parks for all of its consumers. */
export const handler = handOn(PARKS_CONSUMERS);
