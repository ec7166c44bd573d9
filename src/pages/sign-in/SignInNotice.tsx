import type { Locale } from '../../domain/locale.ts';
import { kindText } from './bearer-text.ts';
import type { Ended, SignIn } from './sign-in.ts';
import { useSignIn } from './useSignIn.ts';
import { failureText, SIGN_IN_WORDS, type SignInWords } from './words.ts';

/** Shows that a sign-in has ended or failed, prominently; otherwise nothing. */
export function SignInNotice({ signIn, locale }: { readonly signIn: SignIn; readonly locale: Locale }) {
  const words = SIGN_IN_WORDS[locale];
  const { ended, failure, asking } = useSignIn(signIn);
  if (!ended && failure === null) return null;
  return (
    <div className="sign-in-notice" role="alert">
      <p>
        {failure && failureText(failure, locale)} {ended && endText(ended, words)}
      </p>
      <button type="button" onClick={signIn.signIn} disabled={asking}>
        {words.again}
      </button>
      <button type="button" onClick={ended ? signIn.signOut : signIn.dismiss}>
        {ended ? words.goOn : words.dismiss}
      </button>
    </div>
  );
}

const endText = ({ bearer, why }: Ended, words: SignInWords) =>
  (why === 'EXPIRED' ? words.expired : words.refused)(kindText(bearer, words));
