import { pageSettings } from './settings.ts';
import type { SignIn } from './sign-in.ts';

let signIn: SignIn | null = null;

/** Returns the page's sign-in once it is loaded; null before. A window may be opened only where nothing is awaited before. */
export const loadedSignIn = (): SignIn | null => signIn;

/** Loads the page's sign-in, whose code few visitors need. Null where the page has none. */
export async function loadSignIn(): Promise<SignIn | null> {
  const settings = pageSettings();
  if (!signIn && settings) {
    const { createSignIn } = await import('./sign-in.ts');
    signIn ??= createSignIn(settings);
  }
  return signIn;
}
