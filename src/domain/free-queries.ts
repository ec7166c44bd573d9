import type { ViewerKind } from './viewer.ts';

/**
 * The kinds of viewers that may send queries of their own. Applicants, case holders, clerks and administrators send our
 * trusted documents only. So a stolen token of theirs can ask nothing that no app of ours asks.
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
