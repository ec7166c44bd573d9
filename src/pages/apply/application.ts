import type { Locale } from '../../domain/locale.ts';
import { refusalText } from '../case/refusals.ts';
import type { Answered } from '../gateway/ask-gateway.ts';
import { type Answers, factKey, needsEmployer } from './answers.ts';
import { askEligibility, askEmployer, giveConsent, openCase } from './ask.ts';
import type { Question } from './question.ts';
import { documentsOf, type Eligibility } from './verdict.ts';
import { applyWords } from './words.ts';

/** The answer to all questions so far, or why there is none. */
export type Judged = { readonly kind: 'JUDGED'; readonly eligibility: Eligibility } | Failure;
type Failure = Exclude<Answered<never>, { kind: 'ANSWER' }>;

/**
 * Judges the answers. Documents come later, so all of them count as at hand: a first answer names them, and the second
 * one judges with them.
 */
export async function judge(answers: Answers, locale: Locale): Promise<Judged> {
  let documents: readonly string[] = [];
  for (let round = 0; ; round++) {
    const answer = await askEligibility(answers, documents, locale);
    if (answer.kind !== 'ANSWER') return answer;
    const eligibility = answer.data.checkEligibility;
    if (!eligibility) return { kind: 'FAILED' };
    const needed = documentsOf(eligibility).map(({ code }) => code);
    if (round > 0 || needed.every((code) => documents.includes(code))) return { kind: 'JUDGED', eligibility };
    documents = needed;
  }
}

/** Returns the next fact that the rule needs and nobody was asked about; null where there is none. */
export function nextFact({ judgement, unmet }: Eligibility, answers: Answers) {
  // What no answer can change ends the questions.
  if (unmet.length > 0) return null;
  return judgement?.missing.find(({ fact }) => answers[factKey(fact)] === undefined) ?? null;
}

export type Opened =
  | { readonly kind: 'OPENED'; readonly caseId: string; readonly secret: string | null }
  | { readonly kind: 'REFUSED'; readonly messages: readonly string[]; readonly field: string | null }
  | Failure;

/** The question of a field of `OpenCaseInput`. */
const QUESTION_OF: Readonly<Record<string, Question['key']>> = {
  'applicant.name': 'name',
  'applicant.idNumber': 'idNumber',
  'applicant.phone': 'phone',
  relation: 'relation',
  child: 'bornOn',
  zone: 'zone',
};

/** Opens the case and gives the guardian's consent where it was given. A repeated call with the same key does it once. */
export async function open(answers: Answers, token: string, locale: Locale, key: string): Promise<Opened> {
  const employer = await employerOf(answers, locale);
  if (typeof employer === 'object' && employer !== null) return employer;
  const answer = await openCase({ answers, token, locale, key, employer });
  if (answer.kind !== 'ANSWER') return answer;
  const payload = answer.data.openCase;
  if (!payload) return { kind: 'FAILED' };
  if (!payload.case) {
    const [first] = payload.userErrors;
    const field = QUESTION_OF[first?.field?.join('.') ?? ''] ?? null;
    return { kind: 'REFUSED', messages: payload.userErrors.map((refusal) => refusalText(refusal, locale)), field };
  }
  const { id: caseId } = payload.case;
  if (answers.consent === 'true') {
    const consent = await giveConsent(caseId, { token, locale, key: `${key}-consent`.slice(0, 64) });
    if (consent.kind !== 'ANSWER') return consent;
  }
  return { kind: 'OPENED', caseId, secret: payload.receiptSecret };
}

/** Returns the id of the employer; null where none is needed. An unknown credit code is a refusal. */
async function employerOf(
  answers: Answers,
  locale: Locale,
): Promise<string | null | Exclude<Opened, { kind: 'OPENED' }>> {
  if (!needsEmployer(answers)) return null;
  const answer = await askEmployer((answers.employer ?? '').toUpperCase(), locale);
  if (answer.kind !== 'ANSWER') return answer;
  const id = answer.data.enterprise?.id;
  return id ?? { kind: 'REFUSED', messages: [applyWords.of(locale).employerUnknown], field: 'employer' };
}
