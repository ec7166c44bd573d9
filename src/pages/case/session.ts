/** An open session. It lives in memory: closing or reloading the page ends it. */
export interface Session {
  readonly token: string;
  /** Epoch milliseconds. */
  readonly endsAt: number;
  /** The case to show; null if the token names it. */
  readonly caseId: string | null;
}

export type SignedIn =
  | { readonly kind: 'OPENED'; readonly session: Session }
  | { readonly kind: 'WRONG' }
  | { readonly kind: 'TOO_MANY'; readonly until: Date }
  | { readonly kind: 'OFFLINE' }
  | { readonly kind: 'FAILED' };

/** The token response of RFC 6749 §5.1. */
interface Issued {
  readonly access_token: string;
  readonly expires_in: number;
}

const PATIENCE_MS = 20_000;

/** Opens the case of a receipt number and its secret. They travel in the body, never in a URL. */
export async function openByReceipt(receiptNumber: string, secret: string): Promise<SignedIn> {
  try {
    const response = await fetch('/case-holder/token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ receiptNumber, secret }),
      cache: 'no-store',
      credentials: 'omit',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.status === 401 || response.status === 400) return { kind: 'WRONG' };
    if (response.status === 429) {
      return {
        kind: 'TOO_MANY',
        until: new Date(Date.now() + Number(response.headers.get('retry-after') ?? 900) * 1000),
      };
    }
    if (!response.ok) return { kind: 'FAILED' };
    const { access_token: token, expires_in: seconds } = (await response.json()) as Issued;
    return { kind: 'OPENED', session: { token, endsAt: Date.now() + seconds * 1000, caseId: null } };
  } catch {
    return { kind: 'OFFLINE' };
  }
}
