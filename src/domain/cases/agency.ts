/** The agencies that work on talent cases. */
export const AGENCIES = ['HRSS', 'EDU', 'PSB', 'HOUSING', 'PARK'] as const;
export type Agency = (typeof AGENCIES)[number];

/** An agency's opinion on a case. */
export type Verdict = 'AGREE' | 'DISAGREE';
