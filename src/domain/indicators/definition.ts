import { mayWrite } from '../access/decision.ts';
import { recordRelation } from '../access/write-relation.ts';
import type { Localized } from '../locale.ts';
import {
  type RecordRefusalCode,
  refuseCode,
  refusePublisher,
  refuseText,
  refuseVersion,
  unless,
  type Versioned,
} from '../records/record.ts';
import type { Decision } from '../refusal.ts';
import type { Viewer } from '../viewer.ts';
import type { Rounding } from './indicator.ts';

/** The definition of an indicator. An observation keeps the unit and the rounding that it was published with. */
export interface IndicatorFacts extends Versioned {
  readonly code: string;
  readonly name: Localized;
  /** E.g. `%` or `enterprises`. */
  readonly unit: string;
  readonly formula: Localized;
  /** Null for a figure that isn't rounded. */
  readonly rounding: Rounding | null;
  /** Digits behind the point. */
  readonly decimals: number;
}

/** An indicator as an administrator states it. */
export interface StatedIndicator extends Omit<IndicatorFacts, 'version'> {
  /** The version that was seen; null for a new indicator. */
  readonly seen: number | null;
}

/** Characters of a unit at most. */
export const MAX_UNIT_CHARACTERS = 40;
const MAX_FORMULA_CHARACTERS = 1000;
const MAX_DECIMALS = 6;

/** Decides the next version of an indicator. It belongs to no zone, so only an administrator publishes it. */
export function decideIndicator(
  { seen, ...stated }: StatedIndicator,
  before: IndicatorFacts | null,
  viewer: Viewer,
): Decision<IndicatorFacts, RecordRefusalCode> {
  const { unit, decimals } = stated;
  const refusals = [
    ...refusePublisher(mayWrite(viewer, 'publishIndicator', recordRelation(viewer, null))),
    ...refuseVersion(seen, before),
    ...refuseCode(stated.code),
    ...refuseText(stated.name, ['name']),
    ...unless(
      unit.trim() !== '' && [...unit].length <= MAX_UNIT_CHARACTERS,
      'INVALID_TEXT',
      ['unit'],
      `A unit has 1 to ${MAX_UNIT_CHARACTERS} characters.`,
    ),
    ...refuseText(stated.formula, ['formula'], MAX_FORMULA_CHARACTERS),
    ...unless(
      decimals >= 0 && decimals <= MAX_DECIMALS,
      'INVALID_VALUE',
      ['decimals'],
      `An indicator has 0 to ${MAX_DECIMALS} decimals.`,
    ),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  return { ok: true, value: { ...stated, version: (before?.version ?? 0) + 1 } };
}
