export const SCALE_NAMES = ['S', 'M', 'L10'] as const;
export type ScaleName = (typeof SCALE_NAMES)[number];

export function isScaleName(name: string): name is ScaleName {
  return (SCALE_NAMES as readonly string[]).includes(name);
}

/**
 * How much demo data is made. S is the park as it was reported; M has about as many enterprises as Binhai New Area; L10 a
 * tenth of the enterprises of the nation's 178 zones, and of their cases of a year.
 */
export interface Scale {
  readonly name: ScaleName;
  /** How many of the sample parks, and how many enterprises each of them has. */
  readonly sampleParks: number;
  readonly enterprisesASamplePark: number;
  /** How many days before and with 2020-03-16 the sample parks report. */
  readonly sampleReportDays: number;
  readonly cases: number;
}

export const SCALES = {
  S: { name: 'S', sampleParks: 4, enterprisesASamplePark: 8, sampleReportDays: 36, cases: 800 },
  // With the 236 of the park itself 25,000 enterprises.
  M: { name: 'M', sampleParks: 8, enterprisesASamplePark: 3095.5, sampleReportDays: 3, cases: 50_000 },
  L10: { name: 'L10', sampleParks: 8, enterprisesASamplePark: 2095.5, sampleReportDays: 3, cases: 250_000 },
} as const satisfies Record<ScaleName, Scale>;
