import type { ViewerKind } from './viewer.ts';

/**
 * Who may ask questions of their own. The apps of applicants, case holders and clerks ask what we ship with them and nothing
 * else: a stolen token of theirs is then of no use for anything that no app asks. An administrator keeps the system.
 */
export const ASKS_FREELY = {
  /** From a small allowance. */
  anonymous: true,
  applicant: false,
  caseHolder: false,
  officer: true,
  clerk: false,
  partner: true,
  analyst: true,
  admin: true,
} as const satisfies Record<ViewerKind, boolean>;
