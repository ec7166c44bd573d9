/** The ways in which the story speaks to a system: commands on its files, and operations of the public API. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TokenKind } from '../../src/auth/trusted-issuers.ts';
import { config } from '../../src/config.ts';
import { type BearerChoice, bearerClaims } from '../../src/local/dev-issuer/bearer.ts';
import { devIssuer, devIssuerUrl, recordedUrl } from '../../src/local/dev-issuer/dev-issuer.ts';

const { dataDir, port } = config();
const ROOT = join(import.meta.dirname, '../..');
const URL = process.argv[2] ?? `http://localhost:${port}/graphql`;
/** Tries until a record that was just written is known where another subgraph needs it. */
const MAX_TRIES = 20;
const PAUSE_MS = 500;

export const PARK = 'park_binhai-zhongguancun';

export const storyFile = (name: string) => join(import.meta.dirname, name);

/** Runs a command of this repository. Returns its status and what it printed. */
function run(command: string, args: readonly string[], token = '') {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(ROOT, 'src/cli', `${command}.ts`), ...args],
    { cwd: ROOT, encoding: 'utf8', env: { ...process.env, BRIDGEHEAD_TOKEN: token } },
  );
  return { ok: status === 0, said: `${stdout}${stderr}`.trim() };
}

const issuer = await devIssuer(config(), recordedUrl(dataDir) ?? devIssuerUrl(port));
const ONE_HOUR_SECONDS = 3_600;

/** Signs a token as `npm run token` does. */
const tokenFor = (kind: TokenKind, choice: BearerChoice) =>
  issuer.sign(bearerClaims(kind, choice, issuer.trusted), ONE_HOUR_SECONDS);

export const admin = () => tokenFor('admin', {});

/** Returns a token of an officer with one role, of the park office of TEDA unless the choice says otherwise. */
export const officer = (role: string, { person = `officer-${role}`, zone = 'zone_teda', agency = 'PARK' } = {}) =>
  tokenFor('officer', { person, zone, agency, roles: role });

export const clerkOf = (enterpriseId: string) =>
  tokenFor('clerk', { person: 'clerk-of-the-story', enterprise: enterpriseId });

interface Import {
  readonly name: string;
  readonly token: string;
  /** The command: `import`, unless given. */
  readonly command?: string;
}

/** Sends a file by a command, again while another subgraph doesn't know a record that it names. Throws for any refusal. */
export async function sendFile({ name, token, command = 'import' }: Import, ...args: string[]): Promise<void> {
  for (let left = MAX_TRIES; ; left--) {
    const { ok, said } = run(command, [...args, '--url', URL], token);
    if (ok) return console.log(`${name}: ${said}`);
    if (left === 1) throw new Error(`${name}: ${said}`);
    await sleep(PAUSE_MS);
  }
}

// biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query, which is a text here.
type Data = any;

/** Asks one operation and returns its data. Throws for any error or refusal. */
export async function ask(query: string, variables: object, token: string): Promise<Data> {
  const send = () =>
    fetch(URL, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
  // A connection may end under a request. Every mutation has a key, so it is sent again.
  const response = await send().catch(send);
  const { data, errors } = (await response.json()) as Data;
  const refusals = Object.values<{ userErrors?: readonly object[] }>(data ?? {}).flatMap((of) => of?.userErrors ?? []);
  if (errors || refusals.length > 0) throw new Error(JSON.stringify(errors ?? refusals));
  return data;
}

/**
 * Sends a mutation by its shipped document, e.g. `officer/TakeSupportRequest`. Returns the payload.
 * @param idempotencyKey a command of its own, unless given
 */
export async function send(
  document: string,
  input: { readonly idempotencyKey?: string } & Readonly<Record<string, unknown>>,
  token: string,
): Promise<Data> {
  const query = readFileSync(join(ROOT, 'schema/operations', `${document}.graphql`), 'utf8');
  const variables = { input: { idempotencyKey: crypto.randomUUID(), ...input }, locale: 'EN' };
  const [payload] = Object.values(await ask(query, variables, token));
  return payload;
}

/** Repeats a question until its answer is there: read models follow their streams, a moment behind. */
export async function until(message: string, isThere: () => Promise<boolean>): Promise<void> {
  for (let left = MAX_TRIES * 4; left > 0; left--) {
    if (await isThere()) return;
    await sleep(PAUSE_MS);
  }
  throw new Error(`${message}: run this again.`);
}
