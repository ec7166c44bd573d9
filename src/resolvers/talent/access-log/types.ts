import { ACCESSOR_LABELS } from '../../../domain/access-log/words.ts';
import { AGENCY_LABELS } from '../../../domain/cases/words.ts';
import { ulidTime } from '../../../domain/ulid.ts';
import type { ViewerKind } from '../../../domain/viewer.ts';
import { localizedField } from '../../../subgraph/localized.ts';
import type { AccessLogCaseResolvers, AccessLogEntryResolvers, AccessorKind } from '../generated/types.ts';

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

export const AccessLogEntry: AccessLogEntryResolvers = {
  at: ({ frame }) => new Date(ulidTime(frame.id)).toISOString(),
  by: ({ frame: { viewer } }) => KINDS[viewer.kind],
  byLabel: localizedField(({ frame }) => ACCESSOR_LABELS[frame.viewer.kind]),
  agency: ({ frame: { viewer } }) => (viewer.kind === 'officer' ? viewer.agency : null),
  agencyLabel: localizedField(({ frame: { viewer } }) =>
    viewer.kind === 'officer' ? AGENCY_LABELS[viewer.agency] : null,
  ),
  zone: ({ frame: { viewer } }) =>
    viewer.kind === 'officer' || viewer.kind === 'partner' ? { id: viewer.zone } : null,
  purpose: ({ frame }) => frame.purpose,
  cases: ({ frame, cases }) =>
    cases.map(([view, caseId]) => ({ caseId, ...(frame.views[view] ?? { full: [], masked: [] }) })),
  batched: ({ leaf }) => leaf !== null,
};

export const AccessLogCase: AccessLogCaseResolvers = {
  case: ({ caseId }, _, { store }) => store.cases.byId.load(caseId),
  fullFields: ({ full }) => full,
  maskedFields: ({ masked }) => masked,
};
