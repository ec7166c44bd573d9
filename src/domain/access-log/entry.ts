/**
 * Entries of the access log: one for each request that showed cases to somebody else than their applicant, with everybody
 * whose data it showed. An applicant's access to their own cases is not recorded.
 */
import type { Viewer } from '../viewer.ts';

/** Whether the whole value was shown, or its masked form (`masking.ts`). */
export type AccessForm = 'MASKED' | 'FULL';

/** One field of one case that is shown to the viewer. */
export interface AccessedField {
  /** Whose data it is: what the issuer calls the person (`Viewer.person`). */
  readonly subject: string;
  readonly caseId: string;
  /** Type and field, e.g. `Applicant.name`. */
  readonly field: string;
  readonly form: AccessForm;
}

/** Fields that were shown of the same cases, each in one form. */
export interface AccessView {
  /** Fields whose whole values were shown, by name; one that is here is not in `masked`. */
  readonly full: readonly string[];
  readonly masked: readonly string[];
}

/** One case of an entry: whose it is, and which of the entry's views was shown of it. */
export interface AccessedCase {
  /** Place in `AccessEntry.subjects`. */
  readonly subject: number;
  /** Place in `AccessEntry.views`. */
  readonly view: number;
  readonly caseId: string;
}

/** What was shown, and of whom. */
export interface Accessed {
  /** Everybody whose data were shown, each once. */
  readonly subjects: readonly string[];
  readonly views: readonly AccessView[];
  readonly cases: readonly AccessedCase[];
}

/** Who was shown something, and why: what all subjects of an entry have in common. It names none of them. */
export interface AccessFrame {
  /** A ULID: its time is the instant of the request. */
  readonly id: string;
  readonly requestId: string;
  readonly viewer: Viewer;
  readonly purpose: string | null;
  readonly views: readonly AccessView[];
  /** Set where the entry comes from a chain of the format before: its place there, and the hash that it had. */
  readonly carried?: { readonly chain: string; readonly sequence: number; readonly hash: string };
}

export interface AccessEntry extends AccessFrame, Accessed {}

/**
 * Returns what was shown, grouped by case: a page of fifty cases names its fields once. A field that was shown both masked
 * and whole was shown whole.
 */
export function groupAccess(fields: Iterable<AccessedField>): Accessed {
  const ofCase = new Map<string, { subject: string; caseId: string; forms: Map<string, AccessForm> }>();
  for (const { subject, caseId, field, form } of fields) {
    const key = JSON.stringify([subject, caseId]);
    const known = ofCase.get(key) ?? { subject, caseId, forms: new Map<string, AccessForm>() };
    if (known.forms.get(field) !== 'FULL') known.forms.set(field, form);
    ofCase.set(key, known);
  }
  const subjects = [...new Set([...ofCase.values()].map(({ subject }) => subject))];
  const views = new Map<string, { readonly place: number; readonly view: AccessView }>();
  const cases = [...ofCase.values()].map(({ subject, caseId, forms }) => {
    const view = { full: fieldsIn(forms, 'FULL'), masked: fieldsIn(forms, 'MASKED') };
    const key = JSON.stringify(view);
    const known = views.get(key) ?? { place: views.size, view };
    views.set(key, known);
    return { subject: subjects.indexOf(subject), view: known.place, caseId };
  });
  return { subjects, views: [...views.values()].map(({ view }) => view), cases };
}

function fieldsIn(forms: ReadonlyMap<string, AccessForm>, wanted: AccessForm): string[] {
  return [...forms].flatMap(([field, form]) => (form === wanted ? [field] : [])).sort();
}

/** How long entries are kept. */
export const ACCESS_LOG_KEPT_YEARS = 3;

/** Returns the instant before which entries are no longer kept. */
export function accessLogKeptSince(now: Date): Date {
  const since = new Date(now);
  since.setUTCFullYear(since.getUTCFullYear() - ACCESS_LOG_KEPT_YEARS);
  return since;
}
