import { randomBytes } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { createApiKey } from '../../src/auth/api-key-life.ts';
import { hashCaseSecret } from '../../src/auth/case-secret.ts';
import type { TokenKind } from '../../src/auth/trusted-issuers.ts';
import { bearerClaims } from '../../src/local/dev-issuer/bearer.ts';
import type { DevIssuer } from '../../src/local/dev-issuer/dev-issuer.ts';
import { caseSecretItem } from '../../src/storage/credentials/items.ts';
import type { TestSystem } from '../harness.ts';
import { CALLERS, type Caller, EVERYBODY, type Who } from './callers.ts';
import { type Canary, canary, LONG_PART, type Rare } from './canary.ts';
import type { Names } from './names.ts';

type Handler = typeof import('../../src/handlers/gateway/gateway.ts').handler;

/** What is reached of the running system: the functions that Lambda would call, and who signs for callers. */
export interface Doors {
  readonly gateway: Handler;
  readonly caseHolder: Handler;
  readonly issuer: DevIssuer;
}

export interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly method?: 'GET' | 'POST';
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What each caller sends to show who they are; a canary too, as none of it may come back or be kept. */
export interface Credentials {
  readonly headers: Readonly<Record<Who, Readonly<Record<string, string>>>>;
  readonly canaries: readonly Canary[];
}

const HEADERS = { 'content-type': 'application/json', 'bridgehead-request': 'crawl' };
const TOKEN_SECONDS = 3_600;

export async function credentialsOf(doors: Doors, system: TestSystem, names: Names, rare: Rare): Promise<Credentials> {
  const canaries: Canary[] = [];
  const secretly = (name: string, text: string) =>
    canaries.push(canary(name, text, [], { part: LONG_PART, atRest: false }));
  const bearer = (who: Who, caller: Caller): Promise<string> | string => {
    switch (caller.credential) {
      case 'none':
        return '';
      case 'token':
      case 'forged':
        return signed(doors.issuer, caller, names);
      case 'key':
        return apiKey(system, who, names.zones[caller.zone ?? 'away']);
      case 'secret':
        return caseToken(doors, system, names, rare, secretly);
    }
  };
  const headers: Partial<Record<Who, Readonly<Record<string, string>>>> = {};
  for (const who of EVERYBODY) {
    const caller: Caller = CALLERS[who];
    const text = await bearer(who, caller);
    if (text !== '') secretly(`${who}: credential`, secretPart(text));
    headers[who] = {
      ...HEADERS,
      ...(text === '' ? {} : { authorization: `Bearer ${text}` }),
      ...(caller.purpose === undefined ? {} : { 'bridgehead-purpose': caller.purpose }),
    };
  }
  for (const [name, person] of Object.entries(names.persons))
    canaries.push(canary(`${name}: as the issuer says`, person, []));
  return { headers: headers as Credentials['headers'], canaries };
}

/** A token's signature, or what follows a key's id: the rest is said by others too. */
function secretPart(credential: string): string {
  return credential.includes('.') ? credential.slice(credential.lastIndexOf('.') + 1) : credential.slice(17);
}

async function signed(issuer: DevIssuer, caller: Caller, names: Names): Promise<string> {
  const { agency, roles, enterprise, zone, person = '' } = caller;
  const choice = {
    person: names.persons[person],
    ...(zone === undefined ? {} : { zone: names.zones[zone] }),
    ...(agency === undefined ? {} : { agency }),
    ...(roles === undefined ? {} : { roles: roles.join() }),
    ...(enterprise === undefined ? {} : { enterprise: names.enterprises[enterprise] }),
  };
  const token = await issuer.sign(bearerClaims(caller.kind as TokenKind, choice, issuer.trusted), TOKEN_SECONDS);
  if (caller.credential === 'token') return token;
  return `${token.slice(0, token.lastIndexOf('.'))}.${randomBytes(64).toString('base64url')}`;
}

async function apiKey(system: TestSystem, label: string, zone: string): Promise<string> {
  const table = system.table('credentials');
  return (await createApiKey(table, { zone, label, days: 1, now: new Date() })).text;
}

/** The home case's receipt number and secret, given for a token. */
async function caseToken(
  doors: Doors,
  system: TestSystem,
  names: Names,
  rare: Rare,
  secretly: (name: string, text: string) => void,
): Promise<string> {
  const receiptNumber = names.receipts.get('home case')!;
  const secret = rare.base32(16);
  secretly("home case: applicant's secret", secret);
  const salt = randomBytes(16).toString('base64url');
  const facts = {
    receiptNumber,
    caseId: names.askedCases.get('home case')!,
    applicantId: names.persons.applicant!,
    salt,
    secretHash: hashCaseSecret(secret, salt),
  };
  await system.write('credentials', [caseSecretItem(facts)]);
  const event = eventOf('POST', '/case-holder/token', HEADERS, JSON.stringify({ receiptNumber, secret }));
  const { body = '' } = await doors.caseHolder(event, LAMBDA);
  return JSON.parse(body).access_token;
}

/** Asks as API Gateway would hand it over; what is too much at once is asked again. */
export async function ask(
  { gateway }: Doors,
  headers: Readonly<Record<string, string>>,
  { query, variables, method = 'POST' }: Question,
): Promise<Answer> {
  const body = JSON.stringify({ query, variables });
  const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  const event =
    method === 'POST'
      ? eventOf('POST', '/graphql', headers, body)
      : eventOf('GET', '/graphql', headers, undefined, search);
  for (;;) {
    const { statusCode = 200, headers: sent = {}, body: answered = '' } = await gateway(event, LAMBDA);
    if (!answered.includes('"OVERLOADED"')) {
      return { status: statusCode, headers: sent as Answer['headers'], body: answered };
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const LAMBDA = { getRemainingTimeInMillis: () => 29_000 };

function eventOf(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: string,
  search = new URLSearchParams(),
): APIGatewayProxyEventV2 {
  return {
    rawPath: path,
    rawQueryString: search.toString(),
    headers,
    requestContext: { requestId: 'crawl', http: { method, path, sourceIp: '192.0.2.1' } },
    body,
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
}
