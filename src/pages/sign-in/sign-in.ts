import type { SignInSettings } from '../../auth/sign-in-settings.ts';
import { awaitAnswer } from './answer-channel.ts';
import { beginAttempt, finishAttempt, type SignInFailure, SignInFault } from './authorization.ts';
import { type Bearer, bearerOf } from './bearer.ts';

export { awaitAnswer };

export interface Session {
  /** The access token, in this page's memory and nowhere else. */
  readonly token: string;
  readonly bearer: Bearer;
  /** Milliseconds since 1970. */
  readonly endsAt: number;
}

/** The cause of an ended sign-in. */
export interface Ended {
  readonly bearer: Bearer;
  readonly why: 'EXPIRED' | 'REFUSED';
}

export interface SignInState {
  readonly session: Session | null;
  /** True while the issuer's window is open. */
  readonly asking: boolean;
  /** Set until the same person signs in again, or continues anonymously. */
  readonly ended: Ended | null;
  /** The reason why the last attempt failed. */
  readonly failure: SignInFailure | null;
}

/** The sign-in of this page. */
export interface SignIn {
  current(): Session | null;
  state(): SignInState;
  /** Opens the issuer's window. Call it in the handler of a click, or browsers block the window. */
  signIn(): void;
  /** Stops waiting for the issuer's window. */
  cancel(): void;
  /** Clears the reason why the last attempt failed. */
  dismiss(): void;
  /** Forgets the token and the ended sign-in. */
  signOut(): void;
  /** Ends a session whose token the gateway refuses. */
  refused(session: Session): void;
  /** @returns a function that ends the subscription */
  subscribe(listener: () => void): () => void;
}

const NOBODY: SignInState = { session: null, asking: false, ended: null, failure: null };
const WINDOW = 'popup,width=620,height=800';
/** The browser's limit of timers; longer waits overflow. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/**
 * Makes a sign-in at an issuer, in a window of its own, so that this page stays open. The token, PKCE's verifier, state
 * and nonce stay in this page's memory, and in no storage or address.
 */
export function createSignIn(settings: SignInSettings): SignIn {
  let state = NOBODY;
  let stopAsking = () => {};
  let expiry: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();
  const change = (changed: Partial<SignInState>) => {
    state = { ...state, ...changed };
    for (const listener of listeners) listener();
  };

  const end = (why: Ended['why']) => {
    clearTimeout(expiry);
    if (state.session) change({ session: null, ended: { bearer: state.session.bearer, why } });
  };
  const watchExpiry = (endsAt: number) => {
    clearTimeout(expiry);
    const left = endsAt - Date.now();
    if (left <= 0) end('EXPIRED');
    else expiry = setTimeout(() => watchExpiry(endsAt), Math.min(left, LONGEST_WAIT_MS));
  };

  async function ask(opened: WindowProxy, hasStopped: () => boolean): Promise<void> {
    const attempt = await beginAttempt(settings);
    if (hasStopped()) return;
    const answer = new Promise<URLSearchParams>((resolve) => {
      const stopWaiting = awaitAnswer(attempt.state, resolve);
      const stop = stopAsking;
      stopAsking = () => {
        stopWaiting();
        stop();
      };
    });
    opened.location.href = attempt.url;
    const { token, lifetimeSeconds } = await finishAttempt(settings, attempt, await answer);
    if (hasStopped()) return;
    const bearer = bearerOf(token, settings.claims);
    if (!bearer) throw new SignInFault('NO_NAME');
    if (lifetimeSeconds === undefined) throw new SignInFault('NO_END');
    const endsAt = Date.now() + lifetimeSeconds * 1000;
    change({ ...NOBODY, session: { token, bearer, endsAt } });
    watchExpiry(endsAt);
  }

  return {
    current() {
      // Timers of a machine that slept fire late.
      if (state.session && state.session.endsAt <= Date.now()) end('EXPIRED');
      return state.session;
    },
    state: () => state,
    signIn() {
      stopAsking();
      const opened = window.open('about:blank', '_blank', WINDOW);
      if (!opened) {
        change({ asking: false, failure: { reason: 'BLOCKED', detail: '' } });
        return;
      }
      let stopped = false;
      stopAsking = () => {
        stopped = true;
      };
      change({ asking: true, failure: null });
      ask(opened, () => stopped).catch((error: unknown) => {
        if (stopped) return;
        const isFault = error instanceof SignInFault;
        change({ asking: false, failure: isFault ? error.failure : { reason: 'FAILED', detail: '' } });
        if (!isFault) reportError(error);
      });
    },
    cancel() {
      stopAsking();
      change({ asking: false });
    },
    dismiss: () => change({ failure: null }),
    signOut() {
      stopAsking();
      clearTimeout(expiry);
      change(NOBODY);
    },
    refused(session) {
      if (state.session === session) end('REFUSED');
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
