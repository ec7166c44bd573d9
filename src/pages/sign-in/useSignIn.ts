import { useSyncExternalStore } from 'react';
import type { SignIn, SignInState } from './sign-in.ts';

/** The state of a sign-in, for a component that is drawn again when it changes. */
export function useSignIn(signIn: SignIn): SignInState {
  return useSyncExternalStore(signIn.subscribe, signIn.state);
}
