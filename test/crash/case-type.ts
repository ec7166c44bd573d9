/** What is applied for while the system is killed: the park office alone takes in, reviews and decides. */
import type { CaseTypeFacts } from '../../src/domain/case-types/case-type.ts';
import { PLAIN_APARTMENT } from '../fixtures/case-types.ts';

export const ZONE = 'zone_teda';
export const SHA256 = 'ab'.repeat(32);

export const CASE_TYPE: CaseTypeFacts = {
  ...PLAIN_APARTMENT,
  id: 'ctype_crash-apartment',
  requiredDocuments: [],
  opinionsFrom: ['PARK'],
};
