import type { ViewerKind } from './viewer.ts';

/**
 * The kinds of viewers that may send queries of their own. Applicants, case holders and clerks send our trusted documents
 * only. So a stolen token of theirs can ask nothing that no app of ours asks.
 */
export const ASKS_FREELY = {
  /** With a small allowance. */
  anonymous: true,
  applicant: false,
  caseHolder: false,
  officer: true,
  clerk: false,
  partner: true,
  analyst: true,
  admin: true,
} as const satisfies Record<ViewerKind, boolean>;

/** Tells whether viewers of a kind save questions: they may send queries of their own, and have a name. */
export const savesQuestions = (kind: string): boolean =>
  kind !== 'anonymous' && Object.entries(ASKS_FREELY).some(([each, isFree]) => each === kind && isFree);
