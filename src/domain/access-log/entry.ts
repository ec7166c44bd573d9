/**
 * Entries of the access log: one for each request that showed cases to a viewer other than their applicant. It names
 * every person whose data the request showed. An applicant's access to their own cases is not recorded.
 */
import type { Viewer } from '../viewer.ts';

/** The whole value, or its masked form (`masking.ts`). */
export type AccessForm = 'MASKED' | 'FULL';

/** One field of one case that is shown to the viewer. */
export interface AccessedField {
  /** The person whose data it is, as the issuer names them (`Viewer.person`). */
  readonly subject: string;
  readonly caseId: string;
  /** Type and field, e.g. `Applicant.name`. */
  readonly field: string;
  readonly form: AccessForm;
}

/** Fields shown of the same cases, each in one form. */
export interface AccessView {
  /** Fields whose whole value was shown, by name. A field is in `full` or in `masked`, never in both. */
  readonly full: readonly string[];
  readonly masked: readonly string[];
}

/** One case of an entry: its subject, and the entry's view that was shown. */
export interface AccessedCase {
  /** Index in `AccessEntry.subjects`. */
  readonly subject: number;
  /** Index in `AccessEntry.views`. */
  readonly view: number;
  readonly caseId: string;
}

/** The data that an entry shows, and their subjects. */
export interface Accessed {
  /** Every person whose data were shown, each once. */
  readonly subjects: readonly string[];
  readonly views: readonly AccessView[];
  readonly cases: readonly AccessedCase[];
}

/** The part that all subjects of an entry share: the viewer and the purpose. It names no subject. */
export interface AccessFrame {
  /** A ULID. Its time is the instant of the request. */
  readonly id: string;
  readonly requestId: string;
  readonly viewer: Viewer;
  readonly purpose: string | null;
  readonly views: readonly AccessView[];
  /** Set where the entry was migrated from the former format: its chain, its place there and its former hash. */
  readonly carried?: { readonly chain: string; readonly sequence: number; readonly hash: string };
}

export interface AccessEntry extends AccessFrame, Accessed {}

/**
 * Groups accessed fields by case, so that a page of fifty cases names its fields once. A field shown both masked and
 * whole counts as whole.
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

/** Retention period of entries, in years. */
export const ACCESS_LOG_KEPT_YEARS = 3;

/** Returns the instant before which entries may be deleted. */
export function accessLogKeptSince(now: Date): Date {
  const since = new Date(now);
  since.setUTCFullYear(since.getUTCFullYear() - ACCESS_LOG_KEPT_YEARS);
  return since;
}

/** Lanes of the log. The batches of one lane are made one after the other, those of different lanes in parallel. */
export const ACCESS_LOG_LANES: readonly number[] = [0, 1, 2, 3];

/** Returns the lane of an entry, by the last digit of its ULID, which is random. */
export const laneOf = (entry: string): number => entry.charCodeAt(entry.length - 1) % ACCESS_LOG_LANES.length;
