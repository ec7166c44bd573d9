import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { config } from '../../config.ts';
import { dayInShanghai } from '../../domain/calendar/day.ts';
import { LOCALES, type Locale, localeFromHeader } from '../../domain/locale.ts';
import { firstQuestions, type HomeAnswers, type HomeQuestion, laterQuestions } from '../../views/home/answers.ts';
import { homePage } from '../../views/home/home.ts';
import { LANGUAGES, languageCode } from '../../views/language.ts';
import { unknownPage } from '../../views/unknown-page.ts';
import { type AskGateway, askGateway, type PageData } from './ask-gateway.ts';
import { compressed } from './compression.ts';
import { entityTag, isKnown } from './entity-tag.ts';
import { EVERYWHERE, PAGE_HEADERS, type PageAnswer, refusal } from './page-answer.ts';

/** How long an instance shows the same answers, and a browser the same page. */
const FRESH_SECONDS = 60;
/** Longest wait for all answers. The first request also starts the gateway. */
const MAX_WAIT_MS = 6_000;

/** The output of the build for these pages: `home/page.json`. */
const built = z.object({ style: z.string(), icon: z.string(), documents: z.record(z.string(), z.string()) });
type Built = z.infer<typeof built>;

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
    if (!look) return refusal(503, 'The pages are not built: npm run build:pages.');
    const today = dayInShanghai(new Date(clock()));
    const locale = localeOf(event);
    const { answers, isWhole } = await tell(event, locale, look, today);
    const body = homePage({ locale, answers, today, look });
    const caching = isWhole ? `public, max-age=${FRESH_SECONDS}` : 'no-store';
    return pageAnswer(event, { statusCode: 200, body, locale, style: look.style, caching });
  };
}

/** Answers an unknown address: a page for browsers, JSON for other clients. */
export async function unknownAddress(event: APIGatewayProxyEventV2): Promise<PageAnswer> {
  const headers = { ...EVERYWHERE, 'cache-control': 'no-store', vary: 'accept, accept-language' };
  const look = event.headers.accept?.includes('text/html') ? await readBuilt() : undefined;
  if (!look) {
    const body = JSON.stringify({ message: 'Not Found' });
    return { statusCode: 404, headers: { ...headers, 'content-type': 'application/json' }, body };
  }
  const locale = localeOf(event);
  const body = unknownPage(locale, look);
  return pageAnswer(event, { statusCode: 404, body, locale, style: look.style, caching: 'no-store' });
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

/** Returns the language in the address (`?lang=ja`), else the browser's. */
function localeOf({ headers, queryStringParameters }: APIGatewayProxyEventV2): Locale {
  const wanted = queryStringParameters?.lang;
  return LOCALES.find((locale) => languageCode(locale) === wanted) ?? localeFromHeader(headers['accept-language']);
}

async function readBuilt(): Promise<Built | undefined> {
  const text = await readFile(join(config().pagesDir, 'home/page.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : built.parse(JSON.parse(text));
}

async function pageAnswer(
  { headers }: APIGatewayProxyEventV2,
  {
    statusCode,
    body,
    locale,
    style,
    caching,
  }: { statusCode: number; body: string; locale: Locale; style: string; caching: string },
): Promise<PageAnswer> {
  const small = await compressed(body, headers['accept-encoding']);
  const etag = entityTag(body, small?.encoding);
  const common = {
    ...PAGE_HEADERS,
    'content-security-policy': policyOf(style),
    'content-language': LANGUAGES[locale].tag,
    'cache-control': caching,
    vary: 'accept, accept-encoding, accept-language',
    etag,
  };
  if (statusCode === 200 && isKnown(etag, headers['if-none-match'])) return { statusCode: 304, headers: common };
  return {
    statusCode,
    headers: { ...common, ...(small ? { 'content-encoding': small.encoding } : {}) },
    body: small ? small.bytes.toString('base64') : body,
    isBase64Encoded: small !== undefined,
  };
}

/** Builds the policy of a page without script: its own style by its hash, its icon, and nothing else. */
function policyOf(style: string): string {
  const hash = createHash('sha256').update(style).digest('base64');
  return [
    "default-src 'none'",
    `style-src 'sha256-${hash}'`,
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
