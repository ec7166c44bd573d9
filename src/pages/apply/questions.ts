import { isDay } from '../../domain/calendar/day.ts';
import { isBirthDateOfChild } from '../../domain/eligibility/eligibility.ts';
import { usccFault } from '../../domain/enterprises/uscc.ts';
import { inLocale, type Locale } from '../../domain/locale.ts';
import { residentIdFault } from '../../domain/people/resident-id.ts';
import { FACTS_OF } from '../../domain/policies/facts.ts';
import { definitionOf, isValueOf } from '../../domain/rules/vocabulary.ts';
import { type Answers, factKey, isSchooling, needsEmployer } from './answers.ts';
import type { ApplyChoicesQuery } from './generated/documents.ts';
import type { Question } from './question.ts';
import { type ApplyWords, codeText } from './words.ts';

type Choices = ApplyChoicesQuery;
type CaseTypeChoice = NonNullable<Choices['caseTypes']>['nodes'][number];

const needed = (words: ApplyWords) => (value: string) => (value === '' ? words.mend : null);

export const caseTypesOf = ({ caseTypes }: Choices) => caseTypes?.nodes ?? [];

/** Returns the questions that come before those of the rule. */
export function firstQuestions(
  answers: Answers,
  choices: Choices,
  { words, locale, today }: { readonly words: ApplyWords; readonly locale: Locale; readonly today: string },
): Question[] {
  const ofKind = caseTypesOf(choices).filter(({ kind }) => kind === answers.kind);
  const chosen = ofKind.find(({ id }) => id === answers.caseType);
  const served = (choices.zones?.nodes ?? []).filter(({ id }) => chosen?.zones?.some((zone) => zone.id === id) ?? true);
  const fault = needed(words);
  const kinds = (['HUKOU', 'HOUSING', 'SCHOOLING'] as const).filter((kind) =>
    caseTypesOf(choices).some((one) => one.kind === kind),
  );
  return [
    {
      key: 'kind',
      title: words.kind,
      hint: words.nothingStored,
      input: { options: kinds.map((kind) => ({ value: kind, label: words.kinds[kind] })) },
      fault,
    },
    {
      key: 'caseType',
      title: words.caseType,
      input: { options: ofKind.map(({ id, name }) => ({ value: id, label: name })) },
      fault,
    },
    {
      key: 'zone',
      title: words.zone,
      input: { options: served.map(({ id, name }) => ({ value: id, label: name })) },
      fault,
    },
    ...(isSchooling(answers) ? [bornOnQuestion(words, today)] : []),
    ...(chosen ? applicantFacts(chosen).map((fact) => factQuestion(fact, words, locale)) : []),
  ];
}

export function bornOnQuestion(words: ApplyWords, today: string): Question {
  return {
    key: 'bornOn',
    title: words.bornOn,
    input: { type: 'date' },
    fault: (value) => (isDay(value) && isBirthDateOfChild(value, today) ? null : words.childFault),
  };
}

/** Returns the facts that decide which arrangement of a case type is for an applicant. */
function applicantFacts({ arrangements }: CaseTypeChoice): readonly string[] {
  const rules = arrangements.map(({ applicants }) => String(applicants ?? ''));
  const facts = rules.flatMap((rule) => [...rule.matchAll(/"fact":"(\w+)"/g)].map(([, fact = '']) => fact));
  return [...new Set(facts)].filter((fact) => definitionOf(FACTS_OF.PERSON, fact) !== undefined);
}

/** Returns the question for a fact, by its type. Whoever doesn't know may say so. */
export function factQuestion(fact: string, words: ApplyWords, locale: Locale): Question {
  const definition = definitionOf(FACTS_OF.PERSON, fact);
  const name = definition ? inLocale(definition.name, locale) : fact;
  const key = factKey(fact);
  const unknown = { value: '', label: words.unknown };
  const any = () => null;
  switch (definition?.type) {
    case 'BOOLEAN': {
      const options = [{ value: 'true', label: words.yes }, { value: 'false', label: words.no }, unknown];
      return { key, title: name, input: { options }, fault: any };
    }
    case 'CODE': {
      const codes = (definition.codes ?? []).map((code) => ({ value: code, label: codeText(code, words) }));
      return { key, title: name, input: { options: [...codes, unknown] }, fault: any };
    }
    case 'DAY':
      return {
        key,
        title: name,
        hint: words.emptyIsUnknown,
        input: { type: 'date' },
        fault: (value) => (value === '' || isValueOf(definition, value) ? null : words.dayFault),
      };
    default: {
      const scale = definition?.type === 'FEN' ? 100 : 1;
      return {
        key,
        title: name,
        hint: definition?.type === 'FEN' ? `${words.inYuan} ${words.emptyIsUnknown}` : words.emptyIsUnknown,
        input: { type: 'number' },
        fault: (value) => {
          const isNumber = /^\d{1,12}$/.test(value) && definition && isValueOf(definition, Number(value) * scale);
          return value === '' || isNumber ? null : words.numberFault;
        },
      };
    }
  }
}

/** Returns the questions of the form, after the applicant has signed in. */
export function personQuestions(answers: Answers, words: ApplyWords, today: string): Question[] {
  const relations = ['SELF', 'SPOUSE', 'CHILD', 'PARENT'] as const;
  const options = relations.map((value) => ({ value, label: words.relations[value] ?? value }));
  const questions: Question[] = [
    {
      key: 'name',
      title: words.name,
      input: { type: 'text', autocomplete: 'name', maxlength: 50 },
      fault: needed(words),
    },
    {
      key: 'idNumber',
      title: words.idNumber,
      hint: words.idNumberHint,
      input: { type: 'text', maxlength: 18 },
      fault: (value) => (value === '' || residentIdFault(value.toUpperCase()) === null ? null : words.idNumberFault),
    },
    {
      key: 'phone',
      title: words.phone,
      hint: words.phoneHint,
      input: { type: 'tel', autocomplete: 'tel-national', maxlength: 11 },
      fault: (value) => (/^1\d{10}$/.test(value) ? null : words.phoneFault),
    },
  ];
  if (needsEmployer(answers)) {
    questions.push({
      key: 'employer',
      title: words.employer,
      hint: words.employerHint,
      input: { type: 'text', maxlength: 18 },
      fault: (value) => (usccFault(value.toUpperCase()) === null ? null : words.employerFault),
    });
  }
  if (!isSchooling(answers)) {
    questions.push({ key: 'relation', title: words.relation, input: { options }, fault: needed(words) });
    if (answers.relation === 'CHILD') questions.push(bornOnQuestion(words, today));
  }
  if (needsConsent(answers, today)) questions.push(consentQuestion(words));
  return questions;
}

const FOURTEEN = 14;

/** Tells whether a guardian must consent: the child is under fourteen (Personal Information Protection Law, art. 31). */
export function needsConsent({ bornOn = '', ...answers }: Answers, today: string): boolean {
  const isForChild = isSchooling(answers) || answers.relation === 'CHILD';
  return isForChild && isDay(bornOn) && `${Number(bornOn.slice(0, 4)) + FOURTEEN}${bornOn.slice(4)}` > today;
}

const consentQuestion = (words: ApplyWords): Question => ({
  key: 'consent',
  title: words.consent,
  hint: words.consentHint,
  input: { options: [{ value: 'true', label: words.consentYes }] },
  fault: (value) => (value === 'true' ? null : words.consentFault),
});
