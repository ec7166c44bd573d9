import type { Locale } from '../../domain/locale.ts';
import { LANGUAGES } from '../../views/language.ts';
import { boundText, kindText } from './bearer-text.ts';
import type { Session, SignIn } from './sign-in.ts';
import { useSignIn } from './useSignIn.ts';
import { SIGN_IN_WORDS } from './words.ts';

/** Shows the person signed in, with the actions for the account. */
export function Account({ signIn, locale }: { readonly signIn: SignIn; readonly locale: Locale }) {
  const words = SIGN_IN_WORDS[locale];
  const { session, asking } = useSignIn(signIn);
  return (
    <section className="account" aria-label={words.account} lang={LANGUAGES[locale].tag}>
      <div role="status">{session ? <SignedIn session={session} locale={locale} /> : <p>{words.nobody}</p>}</div>
      {asking ? (
        <p className="waiting">
          {words.choose}{' '}
          <button type="button" onClick={signIn.cancel}>
            {words.cancel}
          </button>
        </p>
      ) : (
        <div className="acts">
          <button type="button" className={session ? '' : 'main'} onClick={signIn.signIn}>
            {session ? words.change : words.signIn}
          </button>
          {session && (
            <button type="button" onClick={signIn.signOut}>
              {words.signOut}
            </button>
          )}
        </div>
      )}
    </section>
  );
}

function SignedIn({ session: { bearer, endsAt }, locale }: { readonly session: Session; readonly locale: Locale }) {
  const words = SIGN_IN_WORDS[locale];
  const end = new Date(endsAt);
  const time = end.toLocaleTimeString(LANGUAGES[locale].tag, { hour: '2-digit', minute: '2-digit' });
  return (
    <>
      <p>
        <span className="visually-hidden">{words.signedInAs}</span>
        <strong>{kindText(bearer, words)}</strong>
      </p>
      <dl>
        {boundText(bearer, words, locale).map(({ name, text, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd title={value}>{text}</dd>
          </div>
        ))}
        <div>
          <dt>{words.until}</dt>
          <dd>
            <time dateTime={end.toISOString()}>{time}</time>
          </dd>
        </div>
      </dl>
    </>
  );
}
