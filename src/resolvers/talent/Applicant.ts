import type { ApplicantResolvers } from './generated/types.ts';

/** Of each only the masked form is stored beside the case; of who was erased nothing. */
export const Applicant: ApplicantResolvers = {
  name: ({ applicant }) => applicant?.name ?? null,
  idNumber: ({ applicant }) => applicant?.idNumber ?? null,
  phone: ({ applicant }) => applicant?.phone ?? null,
};
