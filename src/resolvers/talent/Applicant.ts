import type { ApplicantResolvers } from './generated/types.ts';

/** Of each only the masked form is stored beside the case. */
export const Applicant: ApplicantResolvers = {
  name: ({ applicant }) => applicant.name,
  idNumber: ({ applicant }) => applicant.idNumber,
  phone: ({ applicant }) => applicant.phone,
};
