import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { readSignIn, tokenSource } from '../../auth/sign-in-settings.ts';
import { config } from '../../config.ts';
import { secretOf, secretsRefresher } from '../../secrets.ts';
import { secretsManager } from '../../storage/secrets-manager.ts';
import { escapeHtml } from '../../views/html.ts';
import { callerAddress } from './caller-address.ts';
import { developers, schemaFile } from './developers.ts';
import { isKnown } from './entity-tag.ts';
import { homeAnswerer } from './home.ts';
import { lookAnswerer } from './look.ts';
import { EVERYWHERE, PAGE_HEADERS, type PageAnswer, refusal } from './page-answer.ts';
import { unknownAddress } from './server-page.ts';

/** Placeholder of each answer's nonce, written by `npm run build:pages`. */
const NONCE = '__NONCE__';
/** Placeholder of the sign-in settings in the pages' sources. */
const SIGN_IN = '__SIGN_IN__';
/** Placeholder on a page without a sign-in of its own: `yes` if people can sign in at another page. */
const ACCOUNTS = '__ACCOUNTS__';

/** Media types of the pages' files. A file of another type is not served. */
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
};

/** Encodings that the build writes beside a file, best first. */
const ENCODINGS = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
] as const;

/** Placeholder of the key by which browsers subscribe to push services. */
const PUSH_KEY = '__PUSH_KEY__';
/** Placeholder of the app id of the WeChat official account. */
const WECHAT_APP = '__WECHAT_APP__';

/**
 * The policy of a page's answer (Content Security Policy Level 3), by the page's name, beyond the part for all pages.
 * @param tokens the source of the issuer's tokens, with a leading blank; empty if there is none or it is our own
 * @param uploads the source that files of cases are sent to, with a leading blank; empty if it is our own
 */
type Policy = (nonce: string, tokens: string, uploads: string) => readonly string[];

/** The policy of the pages for phones. */
const PHONE_PAGE: Policy = (_nonce, tokens, uploads) => [
  "style-src 'self'",
  "img-src 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
  `connect-src 'self'${tokens}${uploads}`,
];

/** The policy of a page that offers notifications: its script may name the one address of its service worker. */
const NOTIFYING_PAGE: Policy = (...sources) =>
  PHONE_PAGE(...sources).map((part) =>
    part === "trusted-types 'none'" && config().pushPublicKey ? 'trusted-types push' : part,
  );

/** The policies of the pages, by name. */
const POLICIES: Readonly<Record<string, Policy>> = {
  // Monaco adds style elements under the nonce, sets style attributes and uses workers.
  explorer: (nonce, tokens) => [
    "worker-src 'self'",
    `style-src-elem 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${tokens}`,
  ],
  case: (nonce, _tokens, uploads) => PHONE_PAGE(nonce, '', uploads),
  apply: NOTIFYING_PAGE,
  my: NOTIFYING_PAGE,
  developers: (nonce, tokens) => PHONE_PAGE(nonce, tokens, ''),
  'sign-in': () => ["style-src 'self'"],
};

/**
 * Serves the pages to API Gateway's HTTP API (payload 2.0): `/`, `/look`, `/developers`, `/schema.graphql` and what else
 * clients need of the schema, `/robots.txt`, `/explorer`, `/case`, `/apply`, `/my` and `/sign-in/return`, to which the issuer
 * sends people back. Each has its own policy. `/<page>/assets/<file>` serves built files under hashed names, which never
 * change.
 */
export const handler = pagesHandler();

/**
 * Makes the handler.
 * @param clock epoch milliseconds
 */
export function pagesHandler(clock: () => number = Date.now): (event: APIGatewayProxyEventV2) => Promise<PageAnswer> {
  const home = homeAnswerer(clock);
  const look = lookAnswerer(clock);
  const serverPages = [
    { path: /^\/$/, answer: home },
    { path: /^\/look(\/|$)/, answer: look },
    { path: /^\/developers(\/(?!assets\/|account$)|$)/, answer: developers },
    { path: /^\/(schema\.graphql|documents\.json|possible-types\.json)$/, answer: schemaFile },
    { path: /^\/robots\.txt$/, answer: robots },
  ];
  return async (event) => {
    const { method } = event.requestContext.http;
    if (method !== 'GET' && method !== 'HEAD')
      return refusal(405, 'Only GET and HEAD are answered here.', { allow: 'GET, HEAD' });
    refreshSecrets ??= secretsRefresher(config(), ['origin'], secretsManager(config()));
    await refreshSecrets();
    if (!isFromEdge(event)) return refusal(403, "Clients must use the service's public address.");
    const { rawPath } = event;
    const own = serverPages.find(({ path }) => path.test(rawPath))?.answer ?? route;
    const answer = await own(event);
    return method === 'HEAD' ? { ...answer, body: '', isBase64Encoded: false } : answer;
  };
}

let refreshSecrets: (() => Promise<void>) | undefined;

/** Tells whether a request came through CloudFront; always true without CloudFront. */
function isFromEdge(event: APIGatewayProxyEventV2): boolean {
  try {
    callerAddress(event, secretOf('origin', config())?.accepted);
    return true;
  } catch {
    return false;
  }
}

/** Answers crawlers (RFC 9309): pages may be indexed, and the API is not asked. */
async function robots(): Promise<PageAnswer> {
  return {
    statusCode: 200,
    headers: { ...EVERYWHERE, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=86400' },
    body: 'User-agent: *\nDisallow: /graphql\n',
  };
}

async function route(event: APIGatewayProxyEventV2): Promise<PageAnswer> {
  const { rawPath, headers } = event;
  if (rawPath === '/sign-in/return') return page('sign-in', join(config().pagesDir, 'sign-in/return.html'));
  const [, name = '', rest = ''] = /^\/(explorer|case|apply|my|home|developers)(\/.*)?$/.exec(rawPath) ?? [];
  const directory = join(config().pagesDir, name);
  const file = /^\/assets\/([\w.-]+)$/.exec(rest)?.[1];
  if (file !== undefined) return asset(join(directory, 'assets'), file, headers);
  if (rawPath === '/developers/account') return page(name, join(directory, 'index.html'));
  if (!(name in POLICIES)) return unknownAddress(event);
  if (rest === '') return page(name, join(directory, 'index.html'));
  if (rest === '/') return { statusCode: 308, headers: { ...EVERYWHERE, location: `/${name}` } };
  return unknownAddress(event);
}

async function page(name: string, file: string): Promise<PageAnswer> {
  const html = await readFile(file, 'utf8').catch(() => undefined);
  if (html === undefined) return refusal(503, 'The pages are not built: npm run build:pages.');
  const nonce = randomBytes(16).toString('base64');
  const signIn = readSignIn(config());
  return {
    statusCode: 200,
    headers: {
      ...PAGE_HEADERS,
      'cache-control': 'no-store',
      'content-security-policy': policy(POLICIES[name]?.(nonce, tokenSource(signIn), uploadsSource()) ?? []),
    },
    body: html
      .replaceAll(NONCE, nonce)
      .replace(SIGN_IN, () => (signIn ? escapeHtml(JSON.stringify(signIn)) : ''))
      .replace(ACCOUNTS, signIn ? 'yes' : '')
      .replace(PUSH_KEY, config().pushPublicKey ?? '')
      .replace(WECHAT_APP, config().wechatAppId ?? ''),
  };
}

/** Returns the source of signed upload addresses. Locally, this host itself accepts files. */
function uploadsSource(): string {
  const { uploadsBucket, region } = config();
  if (uploadsBucket === undefined) return '';
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return ` https://${uploadsBucket}.s3.${region}.${suffix}/sent/`;
}

/** Builds a policy: everything comes from this origin, and no site may frame the page. */
function policy(own: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    ...own,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

async function asset(directory: string, name: string, headers: APIGatewayProxyEventV2['headers']): Promise<PageAnswer> {
  const type = TYPES[extname(name)];
  // A name from a request is compared with the existing files and never becomes part of a path unchecked.
  const files = new Set(await readdir(directory).catch(() => []));
  if (!type || !files.has(name)) return refusal(404, 'There is no such file.');
  const accepted = acceptedEncodings(headers['accept-encoding']);
  const encoding = ENCODINGS.find(({ name: coding, suffix }) => accepted.has(coding) && files.has(name + suffix));
  const content = await readFile(join(directory, name + (encoding?.suffix ?? '')));
  const etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
  const caching = {
    ...EVERYWHERE,
    etag,
    vary: 'accept-encoding',
    'cache-control': 'public, max-age=31536000, immutable',
  };
  if (isKnown(etag, headers['if-none-match'])) return { statusCode: 304, headers: caching };
  return {
    statusCode: 200,
    headers: {
      ...caching,
      'content-type': type,
      // A worker runs under the policy of its own file.
      'content-security-policy': "default-src 'none'; script-src 'self'",
      'cross-origin-resource-policy': 'same-origin',
      ...(encoding ? { 'content-encoding': encoding.name } : {}),
    },
    body: content.toString('base64'),
    isBase64Encoded: true,
  };
}

/** Returns the codings that a header names with a weight above 0 (RFC 9110 §12.5.3). */
function acceptedEncodings(header = ''): ReadonlySet<string> {
  const codings = header.split(',').map((part) =>
    part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/),
  );
  return new Set(codings.filter(([, weight]) => !/^q=0(\.0*)?$/.test(weight ?? '')).map(([coding = '']) => coding));
}
