import type { Locale } from '../../domain/locale.ts';
import { html } from '../html.ts';
import type { Shell } from '../shell.ts';
import { LOOK_WORDS } from './words.ts';

/**
 * Returns the place of the account in the header of `/look`, which the page's script fills.
 * @param settings the settings of the sign-in; undefined where people can't sign in
 */
export function accountOf(settings: object | undefined, locale: Locale): Shell['account'] {
  const { fault, noQuestions } = LOOK_WORDS[locale];
  return (
    settings && {
      settings: JSON.stringify(settings),
      bar: html`<div class="account" id="account" data-fault="${fault}" data-none="${noQuestions}" hidden></div>`,
    }
  );
}
