import type { Rounding } from './indicator.ts';
import type { Localized } from './locale.ts';

/** How one of the two rates of resumption is published. */
export interface ResumptionRate {
  readonly rounding: Rounding;
  /** Decimals in per cent. */
  readonly decimals: number;
  /** What it is a share of. */
  readonly scope: Localized;
}

/** The park publishes both truncated: 87.2 of 87.288 and 83.9 of 83.985 on 2020-03-16 (the news of 2020-03-18). */
export const RESUMPTION_RATES = {
  production: {
    rounding: 'TRUNCATE',
    decimals: 1,
    scope: {
      zh: '当日入驻园区的全部企业',
      ja: '当日に入居していた全企業',
      en: 'all enterprises resident in the park on the day',
    },
  },
  returnToWork: {
    rounding: 'TRUNCATE',
    decimals: 1,
    scope: {
      zh: '当日入驻园区企业的全部员工',
      ja: '当日に入居していた企業の全従業員',
      en: 'all staff of the enterprises resident in the park on the day',
    },
  },
} as const satisfies Record<string, ResumptionRate>;
