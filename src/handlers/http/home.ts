import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { config } from '../../config.ts';
import { dayInShanghai } from '../../domain/calendar/day.ts';
import type { Locale } from '../../domain/locale.ts';
import { firstQuestions, type HomeAnswers, type HomeQuestion, laterQuestions } from '../../views/home/answers.ts';
import { homePage } from '../../views/home/home.ts';
import { type AskGateway, askGateway, type PageData } from './ask-gateway.ts';
import type { PageAnswer } from './page-answer.ts';
import { type Built, localeOf, notBuilt, pageAnswer, readBuilt } from './server-page.ts';

/** How long an instance shows the same answers, and a browser the same page. */
const FRESH_SECONDS = 60;
/** Longest wait for all answers. The first request also starts the gateway. */
const MAX_WAIT_MS = 6_000;

/** The answers to all questions. */
interface Told {
  readonly answers: HomeAnswers;
  /** False if a part is missing. */
  readonly isWhole: boolean;
}

/** The answers in one language. They are shown until they are too old, if none is missing. */
interface Shown {
  readonly told: Promise<Told>;
  readonly until: number;
}

/**
 * Makes the function that answers `/` in the visitor's language. A part whose data are missing says so, and such a page
 * isn't stored.
 * @param clock epoch milliseconds
 */
export function homeAnswerer(clock: () => number): (event: APIGatewayProxyEventV2) => Promise<PageAnswer> {
  const shown = new Map<Locale, Shown>();
  let ask: AskGateway | undefined;

  function tell(event: APIGatewayProxyEventV2, locale: Locale, { documents }: Built, today: string): Promise<Told> {
    const known = shown.get(locale);
    if (known && known.until > clock()) return known.told;
    ask ??= askGateway(config());
    const send = ask;
    const deadline = performance.now() + MAX_WAIT_MS;
    const told = askAll(
      ({ document, variables }) =>
        send({ id: documents[document] ?? '', variables }, event, Math.max(0, deadline - performance.now())),
      locale,
      today,
    );
    const own = { told, until: clock() + FRESH_SECONDS * 1_000 };
    shown.set(locale, own);
    const forget = () => shown.get(locale) === own && shown.delete(locale);
    told.then(({ isWhole }) => !isWhole && forget(), forget);
    return told;
  }

  return async (event) => {
    const look = await readBuilt();
    if (!look) return notBuilt();
    const today = dayInShanghai(new Date(clock()));
    const locale = localeOf(event);
    const { answers, isWhole } = await tell(event, locale, look, today);
    const body = homePage({ locale, answers, today, look });
    const caching = isWhole ? `public, max-age=${FRESH_SECONDS}` : 'no-store';
    return pageAnswer(event, { statusCode: 200, body, locale, style: look.style, caching });
  };
}

/** Asks all questions of the page, in two rounds: the later ones are about a park that the first ones find. */
async function askAll(
  ask: (question: HomeQuestion) => Promise<PageData>,
  locale: Locale,
  today: string,
): Promise<Told> {
  let isWhole = true;
  const askRound = async (questions: readonly HomeQuestion[]): Promise<Partial<HomeAnswers>> => {
    const answers = questions.map(async (question) => {
      const answer = await ask(question);
      isWhole &&= answer.isWhole;
      return [question.document, answer.data] as const;
    });
    return Object.fromEntries(await Promise.all(answers));
  };
  const first = { ...NO_ANSWERS, ...(await askRound(firstQuestions(locale, today))) };
  const later = await askRound(laterQuestions(first.ParksSideBySide, locale));
  return { answers: { ...first, ...later }, isWhole };
}

const NO_ANSWERS: HomeAnswers = {
  ParksSideBySide: null,
  Headline: null,
  ResumptionSeries: null,
  Linkages: null,
  CaseStatistics: null,
  PoliciesInForce: null,
};
