/** What is kept of who looked at whose data: every look at another's, masked ones too. One's own are nobody's business. */

/** Whether what was shown was the whole value, or its masked form (`masking.ts`). */
export type LookForm = 'MASKED' | 'FULL';

/** One field of one case that is shown to somebody. */
export interface SeenField {
  /** Whose data it is: what the issuer calls the person (`Viewer.person`). */
  readonly subject: string;
  readonly caseId: string;
  /** Type and field, e.g. `Applicant.name`. */
  readonly field: string;
  readonly form: LookForm;
}

/** Cases of which the same fields were shown in the same forms. */
export interface SeenCases {
  /** Fields whose whole values were shown, in the order of their names; one that is here is not in `masked`. */
  readonly full: readonly string[];
  readonly masked: readonly string[];
  readonly cases: readonly { readonly subject: string; readonly caseId: string }[];
}

/**
 * What was seen, gathered by what was seen of it: a page of fifty cases names its fields once. A field that was shown both
 * masked and whole was shown whole.
 */
export function gatherSeen(seen: Iterable<SeenField>): readonly SeenCases[] {
  const ofCase = new Map<string, { subject: string; caseId: string; forms: Map<string, LookForm> }>();
  for (const { subject, caseId, field, form } of seen) {
    const key = JSON.stringify([subject, caseId]);
    const known = ofCase.get(key) ?? { subject, caseId, forms: new Map<string, LookForm>() };
    if (known.forms.get(field) !== 'FULL') known.forms.set(field, form);
    ofCase.set(key, known);
  }
  const alike = new Map<string, SeenCases & { cases: { subject: string; caseId: string }[] }>();
  for (const { subject, caseId, forms } of ofCase.values()) {
    const [full, masked] = [fieldsIn(forms, 'FULL'), fieldsIn(forms, 'MASKED')];
    const key = JSON.stringify([full, masked]);
    const group = alike.get(key) ?? { full, masked, cases: [] };
    group.cases.push({ subject, caseId });
    alike.set(key, group);
  }
  return [...alike.values()];
}

function fieldsIn(forms: ReadonlyMap<string, LookForm>, wanted: LookForm): string[] {
  return [...forms].flatMap(([field, form]) => (form === wanted ? [field] : [])).sort();
}

/** How long it is kept who looked. */
export const LOOKS_KEPT_YEARS = 3;

/** The instant before which looks aren't kept any more. */
export function looksKeptSince(now: Date): Date {
  const since = new Date(now);
  since.setUTCFullYear(since.getUTCFullYear() - LOOKS_KEPT_YEARS);
  return since;
}
