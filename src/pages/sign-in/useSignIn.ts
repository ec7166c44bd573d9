import { useSyncExternalStore } from 'react';
import type { SignIn, SignInState } from './sign-in.ts';

/** Returns the state of a sign-in and renders the component again when it changes. */
export function useSignIn(signIn: SignIn): SignInState {
  return useSyncExternalStore(signIn.subscribe, signIn.state);
}
