import { RECEIVING_AGENCY } from '../../domain/access/relation.ts';
import type { EnterpriseResolvers } from './generated/types.ts';

export const Enterprise: EnterpriseResolvers = {
  cases: ({ id }, page, { viewer, store }) => {
    if (viewer.kind === 'clerk' && viewer.enterprise === id) return store.cases.listOfEmployer(id, page);
    // No other agency has to do with every case, and whose employee an applicant is isn't told to the others.
    if (viewer.kind !== 'officer' || viewer.agency !== RECEIVING_AGENCY) return null;
    return store.cases.listOfEnterprise({ zone: viewer.zone, enterprise: id }, page);
  },
};
