import type { Locale } from '../../domain/locale.ts';
import type {
  CaseStatisticsQuery,
  HeadlineQuery,
  LinkagesQuery,
  ParksSideBySideQuery,
  PoliciesInForceQuery,
  ResumptionSeriesQuery,
} from './generated/answers.ts';

/** The answers that the page shows, by their trusted documents. A part without its answer is null. */
export interface HomeAnswers {
  readonly ParksSideBySide: ParksSideBySideQuery | null;
  readonly Headline: HeadlineQuery | null;
  readonly ResumptionSeries: ResumptionSeriesQuery | null;
  readonly Linkages: LinkagesQuery | null;
  readonly CaseStatistics: CaseStatisticsQuery | null;
  readonly PoliciesInForce: PoliciesInForceQuery | null;
}

export type HomeDocument = keyof HomeAnswers;

/** A question of the page: a trusted document with its variables. */
export interface HomeQuestion {
  readonly document: HomeDocument;
  readonly variables: Readonly<Record<string, string | number>>;
}

/** The group of zones whose linkages the page shows, as in the document's example. */
const GROUP = 'lgrp_1-plus-4';
const MAX_PARKS = 20;
const MAX_POLICIES = 10;
/** Days of the climb before its last one. */
const DAYS_BEFORE = 35;
const DAY_MS = 86_400_000;

/** Returns the questions that need no other answer. */
export const firstQuestions = (locale: Locale, today: string): readonly HomeQuestion[] => [
  { document: 'ParksSideBySide', variables: { first: MAX_PARKS, locale } },
  { document: 'Linkages', variables: { group: GROUP, locale } },
  { document: 'CaseStatistics', variables: { period: 'QUARTER' } },
  { document: 'PoliciesInForce', variables: { on: today, first: MAX_POLICIES, locale } },
];

/** Returns the questions about the main park and its last day with figures; none where no park has any. */
export function laterQuestions(parks: ParksSideBySideQuery | null, locale: Locale): readonly HomeQuestion[] {
  const main = mainPark(parks);
  if (!main) return [];
  const { code, resumption } = main;
  const from = new Date(Date.parse(resumption.on) - DAYS_BEFORE * DAY_MS).toISOString().slice(0, 10);
  return [
    { document: 'Headline', variables: { code, on: resumption.on, locale } },
    { document: 'ResumptionSeries', variables: { code, from, to: resumption.on } },
  ];
}

type ListedPark = NonNullable<ParksSideBySideQuery['parks']>['nodes'][number];
export type ParkWithFigures = ListedPark & { readonly resumption: NonNullable<ListedPark['resumption']> };

/** Returns the parks that have figures: the main one, which has the most enterprises, then the others by name. */
export function parksWithFigures(answer: ParksSideBySideQuery | null): readonly ParkWithFigures[] {
  const parks = (answer?.parks?.nodes ?? []).filter((park): park is ParkWithFigures => park.resumption !== null);
  const enterprises = (park: ParkWithFigures) => park.resumption.production.denominator;
  const [main] = parks.toSorted((one, two) => enterprises(two) - enterprises(one));
  const others = parks.filter((park) => park !== main);
  return main ? [main, ...others.toSorted((one, two) => one.name.localeCompare(two.name, 'zh'))] : [];
}

/** Returns the park with the most enterprises; undefined where no park has figures. */
export const mainPark = (answer: ParksSideBySideQuery | null): ParkWithFigures | undefined =>
  parksWithFigures(answer)[0];
