import { isDay } from '../../domain/calendar/day.ts';
import type { CaseKind } from '../../domain/case-types/case-type.ts';
import { FACTS_OF } from '../../domain/policies/facts.ts';
import { definitionOf } from '../../domain/rules/vocabulary.ts';

/**
 * The answers of an application, by question. Facts of rules have the key `fact:<name>`; an empty value means that the
 * applicant doesn't know.
 */
export type Answers = Readonly<Record<string, string>>;

/** The key under which this tab keeps the answers, so that a reload loses none. Closing the tab ends them. */
const STORAGE_KEY = 'bridgehead.application';

export function readAnswers(): Answers {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? '{}');
    const entries = typeof stored === 'object' && stored !== null ? Object.entries(stored) : [];
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return {};
  }
}

export function storeAnswers(answers: Answers): void {
  try {
    if (Object.keys(answers).length === 0) sessionStorage.removeItem(STORAGE_KEY);
    else sessionStorage.setItem(STORAGE_KEY, JSON.stringify(answers));
  } catch {
    // Storage may be forbidden: then the answers last as long as the page.
  }
}

/** The key of a fact's question. */
export const factKey = (fact: string) => `fact:${fact}`;
const FACT = /^fact:(\w+)$/;

/** Returns the facts that were answered, in the order in which they were asked. */
export const answeredFacts = (answers: Answers) => Object.keys(answers).flatMap((key) => FACT.exec(key)?.[1] ?? []);

/** Facts that an application states by fields of their own. */
const OWN_FIELDS = ['ownsDwelling', 'localHukou', 'recommended'] as const;

/**
 * Returns the answers as `ApplicationInput`.
 * @param documents codes of all documents: what is to be supplied later is no reason to refuse now
 */
export function applicationOf(answers: Answers, documents: readonly string[]) {
  const child = childOf(answers);
  const own = Object.fromEntries(
    OWN_FIELDS.flatMap((fact) => (answers[factKey(fact)] ? [[fact, answers[factKey(fact)] === 'true']] : [])),
  );
  const facts = Object.entries(answers).flatMap(([key, value]) => {
    const fact = FACT.exec(key)?.[1];
    if (fact === undefined || value === '' || OWN_FIELDS.some((one) => one === fact)) return [];
    const stated = factInput(fact, value);
    return stated ? [stated] : [];
  });
  return {
    zone: answers.zone ?? '',
    documents,
    // Consent is asked for where the application is made.
    consented: true,
    ...(child ? { child } : {}),
    ...own,
    facts,
  };
}

/** Returns a fact with its value as `FactInput`; null for a value that is none. */
function factInput(fact: string, value: string): object | null {
  switch (definitionOf(FACTS_OF.PERSON, fact)?.type) {
    case 'BOOLEAN':
      return { fact, yes: value === 'true' };
    case 'INTEGER':
      return { fact, count: Number(value) };
    case 'FEN':
      return { fact, amount: String(Math.round(Number(value) * 100)) };
    case 'DAY':
      return isDay(value) ? { fact, day: value } : null;
    case 'CODE':
      return { fact, code: value };
    default:
      return null;
  }
}

export const isSchooling = ({ kind }: Answers) => kind === ('SCHOOLING' satisfies CaseKind);

/** Returns the child that an application is for; null where it is for nobody under age. */
export function childOf(answers: Answers): { readonly bornOn: string } | null {
  const isForChild = isSchooling(answers) || answers.relation === 'CHILD';
  return isForChild && answers.bornOn ? { bornOn: answers.bornOn } : null;
}

/** Returns whether the employer is asked to recommend the applicant: the case type's rule reads it (单位推荐). */
export const needsEmployer = (answers: Answers): boolean => answers[factKey('recommended')] === 'true';
