import type { SignInSettings } from '../../../auth/sign-in-settings.ts';
import { createSignIn, type SignIn } from '../../sign-in/sign-in.ts';
import { type AccessLogView, accessLogView } from './view.ts';

let signIn: SignIn | undefined;

/**
 * Opens the issuer's window and waits for its answer. The token lives in this page's memory: closing or reloading the
 * page ends it.
 * @param onEnded called when the sign-in ends by itself or by the button
 * @returns null if nobody signed in
 */
export function signInToAccount(settings: SignInSettings, onEnded: () => void): Promise<AccessLogView | null> {
  signIn ??= createSignIn(settings);
  const of = signIn;
  return new Promise((resolve) => {
    const stop = of.subscribe(() => {
      const { session, failure } = of.state();
      if (!session && failure === null) return;
      stop();
      if (!session) return resolve(null);
      const stopWatching = of.subscribe(() => {
        if (of.state().session) return;
        stopWatching();
        onEnded();
      });
      resolve(
        accessLogView(session.token, {
          leave: () => of.signOut(),
          refused: () => of.refused(session),
        }),
      );
    });
    of.signIn();
  });
}
