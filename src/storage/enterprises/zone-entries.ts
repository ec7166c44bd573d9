/**
 * Entries of enterprises' enrolments and answers in a list for each zone whose officers see them. An officer's list is a
 * range of the own zone's entries, so that no page is filtered after reading.
 */
import type { DirectiveAnswer } from '../../domain/directives/answer.ts';
import type { Viewer } from '../../domain/viewer.ts';
import { enterpriseKeys, type PrimaryKey } from '../tables.ts';

/** An entry, which names its record by key. */
export interface ZoneEntryItem extends PrimaryKey {
  readonly type: 'ZoneEntry';
  readonly of: PrimaryKey;
}

type Enrolled = { readonly courseId: string; readonly enterpriseId: string; readonly zoneIds: readonly string[] };

export function enrolmentEntries({ courseId, enterpriseId, zoneIds }: Enrolled): readonly ZoneEntryItem[] {
  return [...new Set(zoneIds)].map((zone) => ({
    ...enterpriseKeys.enrolmentOfZone(enterpriseId, zone, courseId),
    type: 'ZoneEntry',
    of: enterpriseKeys.enrolment(courseId, enterpriseId),
  }));
}

type Answered = Pick<DirectiveAnswer, 'directiveId' | 'parkId' | 'enterpriseId' | 'zoneIds'>;

/** Returns the entries of an answer; none of a park's office. */
export function answerEntries({ directiveId, parkId, enterpriseId, zoneIds }: Answered): readonly ZoneEntryItem[] {
  if (enterpriseId === null) return [];
  return [...new Set(zoneIds)].map((zone) => ({
    ...enterpriseKeys.answerOfZone(enterpriseId, zone, directiveId, parkId),
    type: 'ZoneEntry',
    of: enterpriseKeys.directiveAnswer(directiveId, parkId, enterpriseId),
  }));
}

/** The part of an enterprise's list that a viewer sees: all of it, that of one zone, or nothing. */
export type ListPart = 'ALL' | 'NONE' | { readonly zoneId: string };

export function partFor(viewer: Viewer, enterpriseId: string): ListPart {
  if (viewer.kind === 'admin') return 'ALL';
  if (viewer.kind === 'officer') return { zoneId: viewer.zone };
  return viewer.kind === 'clerk' && viewer.enterprise === enterpriseId ? 'ALL' : 'NONE';
}
