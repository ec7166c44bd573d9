import documentId from 'virtual:document/CaseScreen';
import type { CaseScreen } from './case-screen.ts';
import type { CaseScreenQuery, Locale } from './generated/case-screen.ts';
import type { Session } from './session.ts';

export type Asked =
  /** `tag` is the answer's ETag; null for a partial answer, which is asked for whole again. */
  | { readonly kind: 'NEWS'; readonly screen: CaseScreen; readonly tag: string | null }
  | { readonly kind: 'SAME' }
  | { readonly kind: 'NO_CASE' }
  | { readonly kind: 'ENDED' }
  | { readonly kind: 'OFFLINE' }
  | { readonly kind: 'FAILED' };

/** The gateway's answer in this media type. Only the presence of errors matters here. */
interface GatewayAnswer {
  readonly data?: CaseScreenQuery | null;
  readonly errors?: unknown;
}

const PATIENCE_MS = 30_000;

/**
 * Asks for the state of the case. The browser stores nothing of it (`no-store`). The earlier answer is named by its
 * tag.
 * @param known the tag of the answer on the screen in this language
 */
export async function askCase({ token, caseId }: Session, locale: Locale, known: string | null): Promise<Asked> {
  const variables = JSON.stringify({ ...(caseId === null ? {} : { id: caseId }), locale });
  try {
    const response = await fetch(`/graphql?${new URLSearchParams({ documentId, variables })}`, {
      headers: {
        accept: 'application/graphql-response+json',
        authorization: `Bearer ${token}`,
        'graphql-require-preflight': '1',
        ...(known === null ? {} : { 'if-none-match': known }),
      },
      cache: 'no-store',
      credentials: 'omit',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.status === 304) return { kind: 'SAME' };
    if (response.status === 401) return { kind: 'ENDED' };
    if (!response.ok) return { kind: 'FAILED' };
    const { data, errors } = (await response.json()) as GatewayAnswer;
    if (data?.case) {
      return { kind: 'NEWS', screen: data.case, tag: errors === undefined ? response.headers.get('etag') : null };
    }
    return { kind: errors === undefined ? 'NO_CASE' : 'FAILED' };
  } catch {
    return { kind: 'OFFLINE' };
  }
}
