import type { ViewerKind } from '../../domain/viewer.ts';
import type { AccessorKind, DataAccessResolvers } from './generated/types.ts';

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

export const DataAccess: DataAccessResolvers = {
  by: ({ content: { viewer } }) => KINDS[viewer.kind],
  agency: ({ content: { viewer } }) => (viewer.kind === 'officer' ? viewer.agency : null),
  zone: ({ content: { viewer } }) =>
    viewer.kind === 'officer' || viewer.kind === 'partner' ? { id: viewer.zone } : null,
  purpose: ({ content }) => content.purpose,
  cases: ({ content }) => content.cases,
  chained: ({ sequence }) => sequence !== null,
};
