import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { config } from '../../config.ts';
import type { DeveloperDoc } from '../../views/developers/doc.ts';
import { developersPage, docPage } from '../../views/developers/pages.ts';
import { SERVED_FILES } from '../../views/developers/served-files.ts';
import { compressed } from './compression.ts';
import { entityTag, isKnown } from './entity-tag.ts';
import { EVERYWHERE, type PageAnswer } from './page-answer.ts';
import { localeOf, notBuilt, pageAnswer, readBuilt, unknownAddress } from './server-page.ts';

/** How long a browser may show a document without asking again. */
const FRESH_SECONDS = 300;

/** Answers `/developers` and `/developers/<document>`: the documents as they were when the pages were built. */
export async function developers(event: APIGatewayProxyEventV2): Promise<PageAnswer> {
  const look = await readBuilt();
  if (!look) return notBuilt();
  const docs = await readDocs();
  const locale = localeOf(event);
  const page = { locale, look, docs, site: siteOf(event) };
  const [, slug] = /^\/developers\/([\w-]+)$/.exec(event.rawPath) ?? [];
  const doc = docs.find((each) => each.slug === slug);
  if (!doc && event.rawPath !== '/developers') return unknownAddress(event);
  const body = doc ? docPage(doc, page) : developersPage(page);
  const caching = `public, max-age=${FRESH_SECONDS}`;
  return pageAnswer(event, { statusCode: 200, body, locale, style: look.style, caching });
}

/** Answers `/schema.graphql`, `/documents.json` and `/possible-types.json`: the schema and what else generators and clients need. */
export async function schemaFile({ headers, rawPath }: APIGatewayProxyEventV2): Promise<PageAnswer> {
  const name = rawPath.slice(1);
  const type = SERVED_FILES[name]?.type;
  const text = type && (await readFile(join(config().pagesDir, 'developers', name), 'utf8').catch(() => undefined));
  if (type === undefined || text === undefined) return notBuilt();
  const small = await compressed(text, headers['accept-encoding']);
  const etag = entityTag(text, small?.encoding);
  const common = {
    ...EVERYWHERE,
    etag,
    'cache-control': `public, max-age=${FRESH_SECONDS}`,
    vary: 'accept-encoding',
    'access-control-allow-origin': '*',
  };
  if (isKnown(etag, headers['if-none-match'])) return { statusCode: 304, headers: common };
  return {
    statusCode: 200,
    headers: {
      ...common,
      'content-type': type,
      ...(small && { 'content-encoding': small.encoding }),
    },
    body: small ? small.bytes.toString('base64') : text,
    isBase64Encoded: small !== undefined,
  };
}

async function readDocs(): Promise<readonly DeveloperDoc[]> {
  const text = await readFile(join(config().pagesDir, 'developers/docs.json'), 'utf8').catch(() => '[]');
  return JSON.parse(text);
}

/** Returns the site's own address as the visitor names it, for commands to copy. */
function siteOf({ headers }: APIGatewayProxyEventV2): string {
  const host = headers.host ?? '';
  if (!/^[\w.-]{1,253}(:\d{1,5})?$/.test(host)) return 'localhost:4000';
  return config().mode === 'local' ? host : `https://${host}`;
}
