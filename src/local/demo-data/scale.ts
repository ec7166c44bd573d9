export const SCALE_NAMES = ['S', 'M', 'L10'] as const;
export type ScaleName = (typeof SCALE_NAMES)[number];

export function isScaleName(name: string): name is ScaleName {
  return (SCALE_NAMES as readonly string[]).includes(name);
}

/**
 * The amount of demo data. S is the park as it was reported. M has about as many enterprises as Binhai New Area. L10
 * has a tenth of the enterprises of the nation's 178 zones, and of their cases of a year.
 */
export interface Scale {
  readonly name: ScaleName;
  /** Number of sample parks, and of enterprises in each. */
  readonly sampleParks: number;
  readonly enterprisesASamplePark: number;
  /** Days up to and including 2020-03-16 on which the sample parks report. */
  readonly sampleReportDays: number;
  readonly cases: number;
}

export const SCALES = {
  S: { name: 'S', sampleParks: 4, enterprisesASamplePark: 8, sampleReportDays: 36, cases: 800 },
  // Together with the 236 of the headline park: 25,000 enterprises.
  M: { name: 'M', sampleParks: 8, enterprisesASamplePark: 3095.5, sampleReportDays: 3, cases: 50_000 },
  L10: { name: 'L10', sampleParks: 8, enterprisesASamplePark: 2095.5, sampleReportDays: 3, cases: 250_000 },
} as const satisfies Record<ScaleName, Scale>;
