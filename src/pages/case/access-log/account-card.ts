import { pageSettings } from '../../sign-in/settings.ts';
import { h } from '../element.ts';
import type { Locale } from '../generated/case-screen.ts';
import { WORDS } from '../words.ts';
import type { AccessLogView } from './view.ts';

export interface AccountCardOptions {
  readonly locale: Locale;
  readonly onOpened: (view: AccessLogView) => void;
  readonly onEnded: () => void;
}

/**
 * Returns the card with which an applicant signs in to see their access log; null if the page has no sign-in. Its code
 * is loaded shortly before use, so that the page stays light for a receipt's holder.
 */
export function accountCard({ locale, onOpened, onEnded }: AccountCardOptions): HTMLElement | null {
  const settings = pageSettings();
  if (!settings) return null;
  const words = WORDS[locale];
  const fault = h('p', { class: 'fault', role: 'alert' });
  const button = h('button', { type: 'button' }, words.accountSignIn);
  const load = () => import('./sign-in-to-account.ts');
  // A window may be opened only in a click's handler, so its code is loaded before.
  for (const event of ['pointerenter', 'focus']) button.addEventListener(event, () => void load(), { once: true });
  button.addEventListener('click', async () => {
    fault.textContent = '';
    const { signInToAccount } = await load();
    const view = await signInToAccount(settings, onEnded);
    if (view) onOpened(view);
    else fault.textContent = words.accountFailed;
  });
  return h(
    'section',
    { class: 'card account', 'aria-labelledby': 'account-title' },
    h('h2', { id: 'account-title' }, words.accountTitle),
    h('p', { class: 'lead' }, words.accountLead),
    fault,
    button,
  );
}
