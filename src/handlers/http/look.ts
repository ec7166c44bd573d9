import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { readSignIn, tokenSource } from '../../auth/sign-in-settings.ts';
import { config } from '../../config.ts';
import type { Locale } from '../../domain/locale.ts';
import type { LookDocument } from '../../domain/questions/look-document.ts';
import { formatOf } from '../../views/format.ts';
import { accountOf } from '../../views/look/account.ts';
import { lookCsv } from '../../views/look/csv.ts';
import { filteredTables } from '../../views/look/filter.ts';
import type { ParkChoice } from '../../views/look/form.ts';
import { lookIndex } from '../../views/look/index-page.ts';
import { isAnswered, type LookAnswer, type NoAnswer } from '../../views/look/look.ts';
import { hasScript, lookPage } from '../../views/look/page.ts';
import { type Fact, type Provenance, provenanceOf, provenanceOfFile } from '../../views/look/provenance.ts';
import { titleOf } from '../../views/look/questions.ts';
import { lookSvg } from '../../views/look/svg.ts';
import { type LookTable, lookTables } from '../../views/look/tables.ts';
import { LOOK_WORDS } from '../../views/look/words.ts';
import { unknownPage } from '../../views/unknown-page.ts';
import { allPages, nextCursor } from './all-pages.ts';
import { type AskGateway, askGateway, type PageData } from './ask-gateway.ts';
import { type LookQuestion, readQuestion } from './look-question.ts';
import { isSaved, listSaved, savedDocument } from './look-saved.ts';
import { type Visitor, visitorOf } from './look-visitor.ts';
import { EVERYWHERE, type PageAnswer, refusal } from './page-answer.ts';
import { type Built, localeOf, notBuilt, pageAnswer, readBuilt, unknownAddress } from './server-page.ts';

/** How long a browser may show an answer without asking again. */
const FRESH_SECONDS = 60;
/** Longest wait for all answers of one request. */
const MAX_WAIT_MS = 8_000;
/** Longest wait for the names of parks in the form, which does without them. */
const MAX_PARKS_WAIT_MS = 3_000;
const MAX_PARKS = 100;

type AskDocument = (document: LookDocument, variables: object, milliseconds: number) => Promise<PageData>;

/** A request by its visitor. */
interface Request {
  readonly event: APIGatewayProxyEventV2;
  readonly locale: Locale;
  readonly look: Built;
  readonly now: Date;
  readonly visitor: Visitor;
}

/** The needs of a request of one document. */
interface Asked extends Request {
  readonly document: LookDocument;
  readonly documents: readonly LookDocument[];
  readonly question: LookQuestion;
  readonly ask: AskDocument;
}

/**
 * Makes the function that answers `/look`, `/look/<Document>` and its files `/look/<Document>.csv`, `.xlsx` and `.json`. A
 * visitor's token comes in the header `authorization`; the answer to it is theirs alone.
 * @param clock epoch milliseconds
 */
export function lookAnswerer(clock: () => number): (event: APIGatewayProxyEventV2) => Promise<PageAnswer> {
  let send: AskGateway | undefined;
  return async (event) => {
    const look = await readBuilt();
    if (!look) return notBuilt();
    send ??= askGateway(config());
    const visitor = visitorOf(event, send);
    const answer = await answerTo({ event, look, visitor, locale: localeOf(event), now: new Date(clock()) });
    return visitor.isRefused() ? refusal(401, LOOK_WORDS[localeOf(event)].fault) : answer;
  };
}

async function answerTo(request: Request): Promise<PageAnswer> {
  const { event, look, visitor, locale } = request;
  const documents = await readDocuments();
  const askById = (id: string, variables: object, milliseconds: number) =>
    visitor.ask({ id, variables: { ...variables } }, milliseconds);
  if (event.rawPath === '/look') {
    const saved = await listSaved(look, askById, visitor.isSignedIn);
    const body = lookIndex({ documents, saved, locale, look, account: accountOf(readSignIn(config()), locale) });
    return pageAnswer(event, { statusCode: 200, body, locale, style: look.style, caching: 'no-store', ...scripted() });
  }
  const [, name = '', extension] = /^\/look\/([\w-]+)(?:\.(csv|xlsx|json|svg))?$/.exec(event.rawPath) ?? [];
  const document = isSaved(name)
    ? await savedDocument(name, look, askById)
    : documents.find((each) => each.name === name);
  if (document === 'fault') return refusal(503, LOOK_WORDS[locale].fault);
  if (!document) return isSaved(name) ? unknownQuestion(request) : unknownAddress(event);
  const ask: AskDocument = ({ id, saved }, variables, milliseconds) =>
    visitor.ask({ id, ...(saved ? { query: saved.query } : {}), variables: { ...variables } }, milliseconds);
  const question = readQuestion(document, event.queryStringParameters ?? {}, locale);
  const asked = { ...request, document, documents, question, ask };
  return extension === undefined ? page(asked) : file(asked, extension);
}

/** Answers the address of a question that this visitor can't read: who signs in may. */
async function unknownQuestion({ event, locale, look }: Request): Promise<PageAnswer> {
  const shell = { ...look, script: look.scripts.look, account: accountOf(readSignIn(config()), locale) };
  const body = unknownPage(locale, shell, LOOK_WORDS[locale].signInToSee);
  return pageAnswer(event, { statusCode: 404, body, locale, style: look.style, caching: 'no-store', ...scripted() });
}

/** Returns the part of a page's answer that lets its script connect to the issuer's tokens. */
const scripted = () => ({ script: { connects: tokenSource(readSignIn(config())) } });

async function page(asked: Asked): Promise<PageAnswer> {
  const { event, document, question, locale, look, visitor } = asked;
  const choices = parkChoices(asked);
  const [answers, parks] = await Promise.all([answersOf(asked, () => choices), choices]);
  const { values, view, filter, wrong } = question;
  const account = accountOf(readSignIn(config()), locale);
  const script = look.scripts.look;
  const body = lookPage({ document, values, view, filter, wrong, parks, locale, look, answers, script, account });
  const isWhole = isAnswered(answers) && answers.every((answer) => answer.isWhole);
  const statusCode = isAnswered(answers) ? 200 : STATUS_CODES[answers.why];
  const caching = isWhole && !visitor.isSignedIn ? `public, max-age=${FRESH_SECONDS}` : 'no-store';
  const own = hasScript({ answers, account }) ? scripted() : {};
  return pageAnswer(event, { statusCode, body, locale, style: look.style, caching, ...own });
}

async function file(asked: Asked, extension: string): Promise<PageAnswer> {
  const { document, locale, visitor } = asked;
  const answers = await answersOf(asked, () => parkChoices(asked));
  const refused = (statusCode: number, body: string) => ({
    statusCode,
    headers: { ...EVERYWHERE, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    body,
  });
  const words = LOOK_WORDS[locale];
  if (!isAnswered(answers)) {
    const { why, detail } = answers;
    return refused(STATUS_CODES[why], [words[why], detail].filter((text) => text !== undefined).join(' '));
  }
  // A file has one answer: the page leads to one for each side.
  const [answer] = answers;
  if (!answer) return refused(503, words.fault);
  const { data, tables } = answer;
  const provenance = provenanceOfFile(answer.provenance, tables, locale);
  const headers = {
    ...EVERYWHERE,
    'cache-control': answer.isWhole && !visitor.isSignedIn ? `public, max-age=${FRESH_SECONDS}` : 'no-store',
    vary: 'accept-language, authorization',
    'content-disposition': `attachment; filename="${document.name}.${extension}"${titledFile(document, locale, extension)}`,
  };
  const textual = (type: string, body: string) => ({
    statusCode: 200,
    headers: { ...headers, 'content-type': `${type}; charset=utf-8` },
    body,
  });
  if (extension === 'csv') return textual('text/csv', lookCsv(tables, provenance));
  if (extension === 'json')
    return textual('application/json', JSON.stringify({ about: provenance.facts, data }, null, 2));
  if (extension === 'svg') {
    const view = asked.question.view;
    const picture = lookSvg(answer, { title: titleOf(document, locale), view, locale });
    return picture === undefined ? refused(404, words.noPicture) : textual('image/svg+xml', picture);
  }
  const { lookXlsx } = await import('./look-xlsx.ts');
  const workbook = await lookXlsx(tables, provenance, words.about);
  return {
    statusCode: 200,
    headers: { ...headers, 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
    body: workbook.toString('base64'),
    isBase64Encoded: true,
  };
}

/** Returns the part of `content-disposition` that names a saved question's file by its title (RFC 6266, RFC 8187). */
function titledFile({ name, saved }: LookDocument, locale: Locale, extension: string): string {
  if (!saved) return '';
  const encoded = encodeURIComponent(titleOf({ name, saved }, locale)).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `; filename*=UTF-8''${encoded}.${extension}`;
}

type Answer = LookAnswer & { readonly isWhole: boolean };

/** The status codes of questions without an answer. */
const STATUS_CODES = { fault: 503, wrong: 400, none: 404 } as const satisfies Record<NoAnswer['why'], number>;

async function answersOf(
  asked: Asked,
  parks: () => Promise<readonly ParkChoice[]>,
): Promise<readonly Answer[] | NoAnswer> {
  const { sides } = asked.question;
  if (!sides) return { why: 'wrong' };
  const answers = await Promise.all(sides.map((variables) => answerOf(asked, variables, parks)));
  return answers.find((answer) => 'why' in answer) ?? answers.filter((answer): answer is Answer => !('why' in answer));
}

async function answerOf(
  asked: Asked,
  variables: Provenance['variables'],
  parks: () => Promise<readonly ParkChoice[]>,
): Promise<Answer | NoAnswer> {
  const { document, question, locale, now, ask } = asked;
  const deadline = performance.now() + MAX_WAIT_MS;
  const askPage = (after: string | undefined) =>
    ask(document, after === undefined ? variables : { ...variables, after }, Math.max(0, deadline - performance.now()));
  const choices = parks();
  const { data, isWhole, refusal, price } = await (question.all ? allPages(askPage) : askPage(undefined));
  if (refusal !== undefined) return { why: 'wrong', detail: refusal };
  if (data === null) return { why: 'fault' };
  if (isWhole && Object.values(data ?? {}).every((part) => part === null)) return { why: 'none' };
  const tables = lookTables(data, document, locale);
  return {
    data: withoutTypeNames(data),
    isWhole,
    tables: filteredTables(tables, question.filter),
    after: nextCursor(data),
    price,
    provenance: provenanceOf(document, variables, data, {
      ...{ locale, now, tables, isAll: question.all, parks: await choices },
      more: factsOf(question, tables, locale),
    }),
  };
}

/** Returns what an answer leaves out: rows without the filter's text, and entries beyond the last page that was fetched. */
function factsOf({ filter }: LookQuestion, tables: readonly LookTable[], locale: Locale): readonly Fact[] {
  const words = LOOK_WORDS[locale];
  const { count } = formatOf(locale);
  const part = tables.find(({ hasNextPage, totalCount }) => hasNextPage && totalCount !== undefined);
  return [
    ...(filter === '' ? [] : [{ label: words.filter, value: filter }]),
    ...(part
      ? [
          {
            id: 'fetched',
            label: part.label,
            value: words.fetched(count(part.rows.length), count(part.totalCount ?? 0)),
          },
        ]
      : []),
  ];
}

/** Returns the parks for the form, by the document that lists them; none if the form needs none or they can't be had. */
async function parkChoices({ document, documents, locale, ask }: Asked): Promise<readonly ParkChoice[]> {
  const lists = documents.find(({ name }) => name === 'ParksSideBySide');
  if (!lists || !document.variables.some(({ name }) => name === 'code' || name === 'park')) return [];
  const { data } = await ask(lists, { first: MAX_PARKS, locale }, MAX_PARKS_WAIT_MS);
  const parks = (data as { parks?: { nodes?: readonly ParkChoice[] } } | null)?.parks?.nodes ?? [];
  return parks.toSorted((one, two) => one.name.localeCompare(two.name, 'zh'));
}

/** Returns an answer without the members that only clients' caches need. */
const withoutTypeNames = (data: unknown): unknown =>
  JSON.parse(JSON.stringify(data, (key, value) => (key === '__typename' ? undefined : value)));

async function readDocuments(): Promise<readonly LookDocument[]> {
  const text = await readFile(join(config().pagesDir, 'home/look.json'), 'utf8').catch(() => '[]');
  return JSON.parse(text);
}
