import type { SignInSettings } from '../../auth/sign-in-settings.ts';

/** What the page's handler has put into it; null where nobody can sign in here. */
export function pageSettings(): SignInSettings | null {
  const content = document.querySelector<HTMLMetaElement>('meta[name=sign-in]')?.content;
  return content ? JSON.parse(content) : null;
}
