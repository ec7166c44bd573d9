import type { SignInSettings } from '../../auth/sign-in-settings.ts';
import { awaitAnswer } from './answer-channel.ts';
import { beginAttempt, finishAttempt, SignInFault } from './authorization.ts';
import { type Bearer, bearerOf } from './bearer.ts';

export interface Session {
  /** The access token: in this page's memory and nowhere else. */
  readonly token: string;
  readonly bearer: Bearer;
  /** Milliseconds since 1970. */
  readonly endsAt: number;
}

/** How a sign-in ended on its own. */
export interface Ended {
  readonly bearer: Bearer;
  readonly why: 'EXPIRED' | 'REFUSED';
}

export interface SignInState {
  readonly session: Session | null;
  /** While the issuer's window is open. */
  readonly asking: boolean;
  /** Until who it was signs in again, or goes on as nobody. */
  readonly ended: Ended | null;
  /** Why the last attempt came to nothing: a sentence. */
  readonly failure: string | null;
}

/** Who is signed in on this page. */
export interface SignIn {
  current(): Session | null;
  state(): SignInState;
  /** Opens the issuer's window: call it in the handler of a click, or browsers let no window open. */
  signIn(): void;
  /** No longer waits for the issuer's window. */
  cancel(): void;
  /** Forgets why the last attempt came to nothing. */
  dismiss(): void;
  /** Forgets the token, and that a sign-in has ended. */
  signOut(): void;
  /** Says that the gateway doesn't take this session's token. */
  refused(session: Session): void;
  /** @returns what ends it */
  subscribe(listener: () => void): () => void;
}

const NOBODY: SignInState = { session: null, asking: false, ended: null, failure: null };
const WINDOW = 'popup,width=620,height=800';
/** Longer waits overflow the browser's timers. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/**
 * Signs people in at an issuer, in a window of its own, so that this page stays where it is and everything that the protocol
 * needs to remember stays in its memory: the token, PKCE's verifier, state and nonce are in no storage and no address.
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
    if (!bearer) throw new SignInFault("The issuer's token does not say who signs in.");
    if (lifetimeSeconds === undefined) throw new SignInFault('The issuer does not say when its token ends.');
    const endsAt = Date.now() + lifetimeSeconds * 1000;
    change({ ...NOBODY, session: { token, bearer, endsAt } });
    watchExpiry(endsAt);
  }

  return {
    current() {
      // A machine that slept is late with its timers.
      if (state.session && state.session.endsAt <= Date.now()) end('EXPIRED');
      return state.session;
    },
    state: () => state,
    signIn() {
      stopAsking();
      const opened = window.open('about:blank', '_blank', WINDOW);
      if (!opened) {
        change({
          asking: false,
          failure: 'The browser did not let the sign-in window open. Allow windows of this site.',
        });
        return;
      }
      let stopped = false;
      stopAsking = () => {
        stopped = true;
      };
      change({ asking: true, failure: null });
      ask(opened, () => stopped).catch((error: unknown) => {
        if (stopped) return;
        change({ asking: false, failure: error instanceof SignInFault ? error.message : 'The sign-in failed.' });
        if (!(error instanceof SignInFault)) reportError(error);
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
