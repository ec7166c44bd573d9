import { ACCESSOR_LABELS } from '../../../domain/access-log/words.ts';
import { AGENCY_LABELS } from '../../../domain/cases/words/labels.ts';
import { ulidTime } from '../../../domain/ids.ts';
import type { ViewerKind } from '../../../domain/viewer.ts';
import type { Page, PageRequest } from '../../../storage/dynamodb/page.ts';
import type { AccessLogEntry as AccessLogEntryOfStore } from '../../../storage/talent/access-log/read.ts';
import type { CaseItem } from '../../../storage/talent/items.ts';
import { localizedField } from '../../../subgraph/context.ts';
import type { Context } from '../context.ts';
import type {
  AccessLogCaseResolvers,
  AccessLogEntryResolvers,
  AccessorKind,
  CaseAccessResolvers,
} from '../generated/types.ts';

const KINDS = {
  anonymous: 'ANONYMOUS',
  applicant: 'APPLICANT',
  caseHolder: 'CASE_HOLDER',
  officer: 'OFFICER',
  clerk: 'CLERK',
  partner: 'PARTNER',
  analyst: 'ANALYST',
  admin: 'ADMIN',
} as const satisfies Record<ViewerKind, AccessorKind>;

type Shown = Pick<AccessLogEntryOfStore, 'frame'>;

/** The fields of an entry that say when it was, for whom its viewer works and why. */
const VIEWED = {
  at: ({ frame }: Shown) => new Date(ulidTime(frame.id)).toISOString(),
  by: ({ frame: { viewer } }: Shown) => KINDS[viewer.kind],
  byLabel: localizedField(({ frame }: Shown) => ACCESSOR_LABELS[frame.viewer.kind]),
  agency: ({ frame: { viewer } }: Shown) => (viewer.kind === 'officer' ? viewer.agency : null),
  agencyLabel: localizedField(({ frame: { viewer } }: Shown) =>
    viewer.kind === 'officer' ? AGENCY_LABELS[viewer.agency] : null,
  ),
  zone: ({ frame: { viewer } }: Shown) =>
    viewer.kind === 'officer' || viewer.kind === 'partner' ? { id: viewer.zone } : null,
  purpose: ({ frame }: Shown) => frame.purpose,
};

export const AccessLogEntry: AccessLogEntryResolvers = {
  ...VIEWED,
  cases: ({ frame, cases }) =>
    cases.map(([view, caseId]) => ({ caseId, ...(frame.views[view] ?? { full: [], masked: [] }) })),
  batched: ({ leaf }) => leaf !== null,
};

export const AccessLogCase: AccessLogCaseResolvers = {
  case: ({ caseId }, _, { store }) => store.cases.byId.load(caseId),
  fullFields: ({ full }) => full,
  maskedFields: ({ masked }) => masked,
};

/** Returns the fields of one case that an entry of its log shows, in one form. The log of a case has no other cases. */
const fieldsShown =
  (form: 'full' | 'masked') =>
  ({ frame, cases }: AccessLogEntryOfStore): readonly string[] => [
    ...new Set(cases.flatMap(([view]) => frame.views[view]?.[form] ?? [])),
  ];

export const CaseAccess: CaseAccessResolvers = {
  ...VIEWED,
  fullFields: fieldsShown('full'),
  maskedFields: fieldsShown('masked'),
};

/**
 * Returns a page of the access log of a case. Officers see it of a case that a counter of another zone has received, as far
 * as officers of the two zones were shown the case; null for them otherwise.
 */
export function accessLogOf(
  { id: caseId, applicantId: person, zoneId, counter }: CaseItem,
  page: PageRequest,
  { viewer, store }: Pick<Context, 'viewer' | 'store'>,
): Promise<Page<AccessLogEntryOfStore>> | null {
  if (viewer.kind === 'applicant') return store.accessLogOfCase({ person, caseId, zoneIds: null }, page);
  return counter ? store.accessLogOfCase({ person, caseId, zoneIds: [zoneId, counter.zoneId] }, page) : null;
}
