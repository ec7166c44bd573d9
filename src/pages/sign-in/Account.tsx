import { boundText, kindText } from './bearer-text.ts';
import type { Session, SignIn } from './sign-in.ts';
import { useSignIn } from './useSignIn.ts';

/** Shows the person signed in, with the actions for the account. */
export function Account({ signIn }: { readonly signIn: SignIn }) {
  const { session, asking } = useSignIn(signIn);
  return (
    <section className="account" aria-label="Account">
      <div role="status">{session ? <SignedIn session={session} /> : <p>You are not signed in.</p>}</div>
      {asking ? (
        <p className="waiting">
          Choose in the window that has opened.{' '}
          <button type="button" onClick={signIn.cancel}>
            Cancel
          </button>
        </p>
      ) : (
        <div className="acts">
          <button type="button" className={session ? '' : 'main'} onClick={signIn.signIn}>
            {session ? 'Change' : 'Sign in'}
          </button>
          {session && (
            <button type="button" onClick={signIn.signOut}>
              Sign out
            </button>
          )}
        </div>
      )}
    </section>
  );
}

function SignedIn({ session: { bearer, endsAt } }: { readonly session: Session }) {
  const end = new Date(endsAt);
  const time = end.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return (
    <>
      <p>
        <span className="visually-hidden">Signed in as </span>
        <strong>{kindText(bearer)}</strong>
      </p>
      <dl>
        {boundText(bearer).map(([word, value]) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd title={value}>{value}</dd>
          </div>
        ))}
        <div>
          <dt>Until</dt>
          <dd>
            <time dateTime={end.toISOString()}>{time}</time>
          </dd>
        </div>
      </dl>
    </>
  );
}
