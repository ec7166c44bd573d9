import type { Random } from '../src/local/demo-data/random.ts';
import type { Operation } from './load.ts';
import { trustedOperation } from './operations.ts';

const QUESTIONS = 2_000;

/** Returns a rank below `count`, the first the likeliest: Zipf's law with exponent 1, by its continuous inverse. */
export const zipf = (random: Random, count: number): number => Math.floor((count + 1) ** random.next()) - 1;

/** Returns 2,000 questions in a random order. Throws where there are fewer. */
export function publicQuestions(random: Random): readonly Operation[] {
  const questions = random.shuffled(allQuestions()).slice(0, QUESTIONS);
  if (questions.length < QUESTIONS) throw new Error(`There are ${questions.length} questions only.`);
  return questions;
}

/** Returns the shipped public documents that the baseline has too, with all values of their variables. */
function allQuestions(): Operation[] {
  const locales = ['ZH', 'JA', 'EN'].map((locale) => ({ locale }));
  const days = Array.from({ length: 36 }, (_, day) => new Date(Date.UTC(2020, 1, 10 + day)).toISOString().slice(0, 10));
  const sectors = ['PRECISION_MEDICINE', 'DIGITAL_ECONOMY', 'INTELLIGENT_MANUFACTURING'].map((sector) => ({ sector }));
  const sizes = Array.from({ length: 80 }, (_, n) => ({ first: n + 1 }));
  const from = days.slice(0, 10).map((day) => ({ from: day }));
  return [
    ...varied(
      'analyst/Headline',
      locales,
      days.map((on) => ({ on })),
    ),
    ...varied(
      'analyst/ResumptionSeries',
      from,
      days.slice(10).map((to) => ({ to })),
    ),
    ...varied('partner/ParkEnterprises', locales, sectors, sizes),
    ...varied('analyst/Enterprises', locales, sectors, sizes),
    ...varied('analyst/Policies', locales, sizes),
    ...varied(
      'analyst/ResumptionAsOf',
      days.map((on) => ({ on })),
    ),
  ];
}

function varied(path: string, ...choices: readonly (readonly object[])[]): Operation[] {
  const operation = { ...trustedOperation(path), by: undefined };
  const differing = choices.reduce<object[]>(
    (sets, choice) => sets.flatMap((set) => choice.map((one) => ({ ...set, ...one }))),
    [{}],
  );
  return differing.map((variables) => ({ ...operation, variables: { ...operation.variables, ...variables } }));
}
