/** Industries by GB/T 4754-2017: a section (letter), a division (2 digits), a group (3) and a class (4). */

/** The last division of each section, in order; division 01 begins section A. */
const LAST_DIVISIONS = {
  A: 5,
  B: 12,
  C: 43,
  D: 46,
  E: 50,
  F: 52,
  G: 60,
  H: 62,
  I: 65,
  J: 69,
  K: 70,
  L: 72,
  M: 75,
  N: 79,
  O: 82,
  P: 83,
  Q: 85,
  R: 90,
  S: 96,
  T: 97,
} as const;

export type IndustrySection = keyof typeof LAST_DIVISIONS;
const SECTIONS = Object.keys(LAST_DIVISIONS) as IndustrySection[];

/**
 * The section of a division, group or class, e.g. `6510` (software development) is of section I.
 * @param code 2 to 4 digits, without the letter
 * @returns null where the standard has no such division; groups and classes within one are not looked up
 */
export function industrySection(code: string): IndustrySection | null {
  if (!/^\d{2,4}$/.test(code)) return null;
  const division = Number(code.slice(0, 2));
  if (division === 0) return null;
  return SECTIONS.find((section) => division <= LAST_DIVISIONS[section]) ?? null;
}

/** The sectors that parks promote, as their reports name them. */
export const SECTORS = [
  'DIGITAL_ECONOMY',
  'PRECISION_MEDICINE',
  'SMART_TRANSPORT',
  'NEW_MATERIALS',
  'NEW_ENERGY',
  'ENVIRONMENT',
  'SERVICES',
  'OTHER',
] as const;
export type Sector = (typeof SECTORS)[number];

/** Size classes of the statistical classification of large, medium, small and micro enterprises (2017). */
export const SIZE_CLASSES = ['MICRO', 'SMALL', 'MEDIUM', 'LARGE'] as const;
export type SizeClass = (typeof SIZE_CLASSES)[number];
