/** Industries by GB/T 4754-2017: a section (letter), a division (2 digits), a group (3) and a class (4). */

/** The last division of each section, in order. Division 01 begins section A. */
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

function sectionOf(division: number): IndustrySection | undefined {
  return division === 0 ? undefined : SECTIONS.find((section) => division <= LAST_DIVISIONS[section]);
}

/**
 * Returns a division, group or class with its section's letter: `6513` (application software) and `I6513` give `I6513`.
 * @returns null where the standard has no such division, or it belongs to another section. Groups and classes are not
 * checked.
 */
export function industryCodeOf(text: string): string | null {
  const [, letter = '', digits = ''] = /^([A-T]?)(\d{2,4})$/.exec(text) ?? [];
  const section = sectionOf(Number(digits.slice(0, 2)));
  return section && (letter === '' || letter === section) ? section + digits : null;
}

/** The sectors of the park's own classification, and one for all others. */
export const SECTORS = [
  'DIGITAL_ECONOMY',
  'PRECISION_MEDICINE',
  'SMART_TRANSPORT',
  'NEW_MATERIALS',
  'INTELLIGENT_MANUFACTURING',
  'TECHNOLOGY_SERVICES',
  'OTHER',
] as const;
export type Sector = (typeof SECTORS)[number];

/** Size classes of the statistical classification of large, medium, small and micro enterprises (2017). */
export const SIZE_CLASSES = ['MICRO', 'SMALL', 'MEDIUM', 'LARGE'] as const;
export type SizeClass = (typeof SIZE_CLASSES)[number];
