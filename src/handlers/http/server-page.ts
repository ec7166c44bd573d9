import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { config } from '../../config.ts';
import { LOCALES, type Locale, localeFromHeader } from '../../domain/locale.ts';
import { LANGUAGES, languageCode } from '../../views/language.ts';
import { unknownPage } from '../../views/unknown-page.ts';
import { compressed } from './compression.ts';
import { entityTag, isKnown } from './entity-tag.ts';
import { EVERYWHERE, PAGE_HEADERS, type PageAnswer, refusal } from './page-answer.ts';

/** The output of the build for these pages: `home/page.json`. */
const built = z.object({
  style: z.string(),
  icon: z.string(),
  documents: z.record(z.string(), z.string()),
  scripts: z.object({ look: z.string() }),
});
export type Built = z.infer<typeof built>;

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

/** Returns the language in the address (`?lang=ja`), else the browser's. */
export function localeOf({ headers, queryStringParameters }: APIGatewayProxyEventV2): Locale {
  const wanted = queryStringParameters?.lang;
  return LOCALES.find((locale) => languageCode(locale) === wanted) ?? localeFromHeader(headers['accept-language']);
}

/** Reads what the build has made; undefined if there is no build. */
export async function readBuilt(): Promise<Built | undefined> {
  const text = await readFile(join(config().pagesDir, 'home/page.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : built.parse(JSON.parse(text));
}

export const notBuilt = () => refusal(503, 'The pages are not built: npm run build:pages.');

interface ServerPage {
  readonly statusCode: number;
  readonly body: string;
  readonly locale: Locale;
  readonly style: string;
  readonly caching: string;
  /** The sources that the page's script connects to beside this host; absent for a page without a script. */
  readonly script?: { readonly connects: string };
}

/** Answers with a page that the server has written, compressed as the client prefers. */
export async function pageAnswer(
  { headers }: APIGatewayProxyEventV2,
  { statusCode, body, locale, style, caching, script }: ServerPage,
): Promise<PageAnswer> {
  const small = await compressed(body, headers['accept-encoding']);
  const etag = entityTag(body, small?.encoding);
  const common = {
    ...PAGE_HEADERS,
    'content-security-policy': policyOf(style, script),
    'content-language': LANGUAGES[locale].tag,
    'cache-control': caching,
    vary: 'accept, accept-encoding, accept-language, authorization',
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

/** Builds the policy of a page: its own style by its hash, its icon, its script where it has one, and nothing else. */
function policyOf(style: string, script: ServerPage['script']): string {
  const hash = createHash('sha256').update(style).digest('base64');
  return [
    "default-src 'none'",
    `style-src 'sha256-${hash}'`,
    "img-src 'self'",
    ...(script ? ["script-src 'self'"] : []),
    // Only tools such as Lighthouse connect on pages without script: for robots.txt.
    `connect-src 'self'${script?.connects ?? ''}`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
