import { bearerClaims } from '../../src/local/dev-issuer/bearer.ts';
import { type DevIssuer, devIssuer } from '../../src/local/dev-issuer/dev-issuer.ts';

export type Caller = readonly [kind: Parameters<typeof bearerClaims>[0], choice: Parameters<typeof bearerClaims>[1]];

export const ZONE = 'zone_teda';
export const PARENT: Caller = ['applicant', { person: 'emulated-parent' }];
export const officer = (roles: string, agency = 'EDU'): Caller => [
  'officer',
  { agency, roles, zone: ZONE, person: `emulated-${agency}-${roles}` },
];

// biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query, which is a text here.
type Answer = any;

/** The deployed API, asked over HTTP as clients do. */
export interface Api {
  readonly url: string;
  /** Returns the whole answer. A text is sent as the bearer token; no caller is anonymous. */
  answer(query: string, variables?: object, caller?: Caller | string): Promise<Answer>;
  /** Carries out a mutation. Returns its payload; throws for any error or refusal. */
  does(caller: Caller, name: string, input: object, fields?: string): Promise<Answer>;
}

/** Opens the API of a stack whose issuer is the one in a data folder. */
export async function openApi(url: string, dataDir: string, issuerUrl: string): Promise<Api> {
  const issuer: DevIssuer = await devIssuer({ mode: 'local', dataDir }, issuerUrl);
  const tokenOf = async ([kind, choice]: Caller) => issuer.sign(bearerClaims(kind, choice, issuer.trusted), 300);
  const answer: Api['answer'] = async (query, variables = {}, caller) => {
    const token = typeof caller === 'object' ? await tokenOf(caller) : caller;
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify({ query, variables }),
    });
    return response.json();
  };
  return {
    url,
    answer,
    async does(caller, name, input, fields = 'case { version }') {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { code message } } }`;
      const given = { idempotencyKey: crypto.randomUUID(), ...input };
      const { data, errors } = await answer(query, { input: given }, caller);
      const payload = data?.[name];
      if (errors || payload.userErrors.length > 0) {
        throw new Error(`${name}: ${JSON.stringify(errors ?? payload.userErrors)}`);
      }
      return payload;
    },
  };
}
