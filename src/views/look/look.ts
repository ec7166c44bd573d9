import { languageCode } from '../language.ts';
import type { Shell } from '../shell.ts';
import type { LookForm } from './form.ts';
import type { Provenance } from './provenance.ts';
import type { LookTable } from './tables.ts';
import type { LookView } from './words.ts';

/** The contents of a page of `/look`. */
export interface Look extends Omit<LookForm, 'view'> {
  /** The view that is asked for; undefined for the picture that suits the answer, or else its table. */
  readonly view: LookView | undefined;
  readonly look: Pick<Shell, 'style' | 'icon'>;
  /** One answer, or two that are compared, or the reason why there is none. */
  readonly answers: readonly LookAnswer[] | NoAnswer;
  /** Address of the page's script, which signs people in and fetches all pages of a list. */
  readonly script: string;
  readonly account: Shell['account'];
}

/** The reason why a question has no answer. */
export interface NoAnswer {
  /** `fault` without an answer in time, `wrong` for values that the document doesn't take, `none` where nothing has them. */
  readonly why: 'fault' | 'wrong' | 'none';
  /** The gateway's own sentence, in English. */
  readonly detail?: string | undefined;
}

/** Tells whether a question has an answer. */
export const isAnswered = <Answer extends LookAnswer>(
  answers: readonly Answer[] | NoAnswer,
): answers is readonly Answer[] => Array.isArray(answers);

export interface LookAnswer {
  readonly data: unknown;
  readonly tables: readonly LookTable[];
  /** The cursor of the next page; undefined on the last one. */
  readonly after: string | undefined;
  readonly provenance: Provenance;
  readonly price: Price | undefined;
}

/** The price of an answer, and what its visitor may still spend, in objects of an answer. */
export interface Price {
  readonly actual: number;
  readonly remaining: number;
}

/** Returns the address of a look with some parts changed. An undefined part is left out. */
export function addressOf(
  { document, values, view, filter, locale }: Pick<Look, 'document' | 'values' | 'view' | 'filter' | 'locale'>,
  changes: Readonly<Record<string, string | undefined>> = {},
  extension = '',
): string {
  const parts = { ...values, view, filter, lang: languageCode(locale), ...changes };
  const given = Object.entries(parts).filter(
    (part): part is [string, string] => part[1] !== undefined && part[1] !== '',
  );
  return `/look/${document.name}${extension}?${new URLSearchParams(given)}`;
}
