/** The items of who looked at whose data, as they are stored, each beside the function that makes it. */
import type { SeenCases } from '../../domain/look.ts';
import type { Viewer } from '../../domain/viewer.ts';
import { talentKeys } from '../tables.ts';

export interface LookFacts {
  /** A ULID of its own. */
  readonly id: string;
  /** The instant of the request: RFC 3339, UTC, with milliseconds. */
  readonly at: string;
  readonly requestId: string;
  readonly viewer: Viewer;
  readonly purpose: string | null;
  readonly views: readonly SeenCases[];
}

/** One request's look at others' cases, until it is in the chains of all whose data they are. */
export type LookItem = ReturnType<typeof lookItem>;
export function lookItem(facts: LookFacts) {
  const subjects = new Set(facts.views.flatMap(({ cases }) => cases.map(({ subject }) => subject)));
  return {
    ...facts,
    /** Whose data it is about: what a reader filters by. */
    subjects: [...subjects],
    ...talentKeys.look(facts.at, facts.id),
    type: 'Look' as const,
  };
}
