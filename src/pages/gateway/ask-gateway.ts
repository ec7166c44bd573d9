import type { Locale } from '../../domain/locale.ts';
import { LANGUAGES } from '../../views/language.ts';

/** The outcome of one request with a trusted document. */
export type Answered<Data> =
  /** `isWhole` is false if a part failed. */
  | { readonly kind: 'ANSWER'; readonly data: Data; readonly isWhole: boolean }
  /** The token has expired, or the gateway refuses it. */
  | { readonly kind: 'ENDED' }
  /** The person signed in may not do this. */
  | { readonly kind: 'NOT_ALLOWED' }
  | { readonly kind: 'OFFLINE' }
  | { readonly kind: 'FAILED' };

interface GatewayAnswer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

export interface TrustedRequest {
  readonly documentId: string;
  /** They travel in the body, never in an address. */
  readonly variables: object;
  /** The bearer's token; null for a public question. */
  readonly token: string | null;
  readonly locale: Locale;
}

const PATIENCE_MS = 30_000;
const NOT_ALLOWED = ['FORBIDDEN', 'UNAUTHORIZED_FIELD_OR_TYPE'];

/** Sends a trusted document by POST. The browser stores nothing of the answer. */
export async function askGateway<Data>({
  documentId,
  variables,
  token,
  locale,
}: TrustedRequest): Promise<Answered<Data>> {
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: {
        accept: 'application/graphql-response+json',
        'accept-language': LANGUAGES[locale].tag,
        'content-type': 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ documentId, variables }),
      cache: 'no-store',
      credentials: 'omit',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.status === 401) return { kind: 'ENDED' };
    const { data, errors = [] } = (await response.json()) as GatewayAnswer<Data>;
    if (errors.some(({ extensions }) => NOT_ALLOWED.includes(extensions?.code ?? ''))) return { kind: 'NOT_ALLOWED' };
    return data ? { kind: 'ANSWER', data, isWhole: errors.length === 0 } : { kind: 'FAILED' };
  } catch {
    return { kind: 'OFFLINE' };
  }
}
