import applyChoicesId from 'virtual:document/ApplyChoices';
import employerByCodeId from 'virtual:document/EmployerByCode';
import giveConsentId from 'virtual:document/GiveConsent';
import mayIApplyId from 'virtual:document/MayIApply';
import openCaseId from 'virtual:document/OpenCase';
import { type Answered, askGateway } from '../gateway/ask-gateway.ts';
import { type Answers, applicationOf, childOf, factKey } from './answers.ts';
import type {
  ApplyChoicesQuery,
  EmployerByCodeQuery,
  GiveConsentMutation,
  Locale,
  MayIApplyQuery,
  OpenCaseMutation,
} from './generated/documents.ts';

export const askChoices = (locale: Locale): Promise<Answered<ApplyChoicesQuery>> =>
  askGateway({ documentId: applyChoicesId, variables: { locale }, token: null, locale });

/** Asks whether an application with these answers may be made. The answers travel in a body, and are not stored. */
export function askEligibility(
  answers: Answers,
  documents: readonly string[],
  locale: Locale,
): Promise<Answered<MayIApplyQuery>> {
  const variables = { caseType: answers.caseType, application: applicationOf(answers, documents), locale };
  return askGateway({ documentId: mayIApplyId, variables, token: null, locale });
}

/** Asks for the employer with a credit code. */
export const askEmployer = (uscc: string, locale: Locale): Promise<Answered<EmployerByCodeQuery>> =>
  askGateway({ documentId: employerByCodeId, variables: { uscc, locale }, token: null, locale });

interface Applicant {
  readonly answers: Answers;
  readonly token: string;
  readonly locale: Locale;
  /** The idempotency key: the same one until an answer arrives. */
  readonly key: string;
  /** The employer's id; null where no recommendation is needed. */
  readonly employer: string | null;
}

export function openCase({ answers, token, locale, key, employer }: Applicant): Promise<Answered<OpenCaseMutation>> {
  const yesNo = (fact: string) => {
    const value = answers[factKey(fact)];
    return value ? value === 'true' : null;
  };
  const child = childOf(answers);
  const input = {
    idempotencyKey: key,
    caseType: answers.caseType,
    zone: answers.zone,
    ...(employer === null ? {} : { enterprise: employer }),
    applicant: {
      name: answers.name,
      phone: answers.phone,
      ...(answers.idNumber ? { idNumber: answers.idNumber.toUpperCase() } : {}),
    },
    relation: answers.kind === 'SCHOOLING' ? 'CHILD' : answers.relation,
    ...(child ? { child } : {}),
    residenceZone: yesNo('residesInZone') ? answers.zone : null,
    ownsDwelling: yesNo('ownsDwelling'),
    localHukou: yesNo('localHukou'),
  };
  return askGateway({ documentId: openCaseId, variables: { input, locale }, token, locale });
}

export function giveConsent(
  caseId: string,
  { token, locale, key }: Omit<Applicant, 'answers' | 'employer'>,
): Promise<Answered<GiveConsentMutation>> {
  const variables = { input: { idempotencyKey: key, case: caseId }, locale };
  return askGateway({ documentId: giveConsentId, variables, token, locale });
}
