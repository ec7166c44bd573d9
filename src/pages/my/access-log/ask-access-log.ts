import documentId from 'virtual:document/MyAccessLog';
import type { Locale, MyAccessLogQuery } from '../generated/my-access-log.ts';

export type AccessPage = NonNullable<MyAccessLogQuery['myAccessLog']>;
export type AccessEntry = AccessPage['nodes'][number];

export type AskedLog =
  | { readonly kind: 'PAGE'; readonly page: AccessPage }
  /** The token has expired, or the gateway refuses it. */
  | { readonly kind: 'ENDED' }
  /** The person signed in is no applicant. */
  | { readonly kind: 'NOT_APPLICANT' }
  | { readonly kind: 'FAILED' };

interface GatewayAnswer {
  readonly data?: MyAccessLogQuery | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

const ENTRIES_A_PAGE = 20;
const PATIENCE_MS = 30_000;
const NOT_ALLOWED = ['FORBIDDEN', 'UNAUTHORIZED_FIELD_OR_TYPE'];

/** Asks for a page of the access log: the newest entries, or those after a cursor. The browser stores nothing of it. */
export async function askAccessLog(token: string, locale: Locale, after: string | null): Promise<AskedLog> {
  const variables = JSON.stringify({ first: ENTRIES_A_PAGE, after, locale });
  try {
    const response = await fetch(`/graphql?${new URLSearchParams({ documentId, variables })}`, {
      headers: {
        accept: 'application/graphql-response+json',
        authorization: `Bearer ${token}`,
        'graphql-require-preflight': '1',
      },
      cache: 'no-store',
      credentials: 'omit',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.status === 401) return { kind: 'ENDED' };
    const { data, errors = [] } = (await response.json()) as GatewayAnswer;
    if (data?.myAccessLog) return { kind: 'PAGE', page: data.myAccessLog };
    const isRefused = errors.some(({ extensions }) => NOT_ALLOWED.includes(extensions?.code ?? ''));
    return { kind: isRefused ? 'NOT_APPLICANT' : 'FAILED' };
  } catch {
    return { kind: 'FAILED' };
  }
}
