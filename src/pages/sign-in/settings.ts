import type { SignInSettings } from '../../auth/sign-in-settings.ts';

/** Returns the settings that the page's handler has inserted; null if the page has no sign-in. */
export function pageSettings(): SignInSettings | null {
  const content = document.querySelector<HTMLMetaElement>('meta[name=sign-in]')?.content;
  return content ? JSON.parse(content) : null;
}
