import { kindText } from './bearer-text.ts';
import type { Ended, SignIn } from './sign-in.ts';
import { useSignIn } from './useSignIn.ts';

/** Shows that a sign-in has ended or failed, prominently; otherwise nothing. */
export function SignInNotice({ signIn }: { readonly signIn: SignIn }) {
  const { ended, failure, asking } = useSignIn(signIn);
  if (!ended && failure === null) return null;
  return (
    <div className="sign-in-notice" role="alert">
      <p>
        {failure} {ended && endText(ended)}
      </p>
      <button type="button" onClick={signIn.signIn} disabled={asking}>
        Sign in again
      </button>
      <button type="button" onClick={ended ? signIn.signOut : signIn.dismiss}>
        {ended ? 'Go on without' : 'Dismiss'}
      </button>
    </div>
  );
}

const endText = ({ bearer, why }: Ended) =>
  why === 'EXPIRED'
    ? `Your sign-in as ${kindText(bearer).toLowerCase()} has ended: its time is over.`
    : `The gateway no longer accepts your sign-in as ${kindText(bearer).toLowerCase()}.`;
