import { deflateSync, strToU8 } from 'fflate';
import { type DocumentNode, Kind, parse, print, visit } from 'graphql';
import type { Locale } from '../../domain/locale.ts';
import { isPersonal } from '../../domain/questions/personal-text.ts';
import { languageCode } from '../../views/language.ts';

/**
 * Returns the address that opens a query of one's own, without its variables and comments; null for one that writes, or
 * that has a personal value. The query is in the fragment, which browsers don't send.
 */
export function shareAddress(query: string, origin: string): string | null {
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch {
    return null;
  }
  let isFit = true;
  visit(document, {
    [Kind.OPERATION_DEFINITION]: ({ operation }) => {
      if (operation !== 'query') isFit = false;
    },
    [Kind.STRING]: ({ value }) => {
      if (isPersonal(value)) isFit = false;
    },
  });
  if (!isFit) return null;
  const bytes = deflateSync(strToU8(JSON.stringify({ query: print(document) })));
  const text = btoa(String.fromCharCode(...bytes));
  return `${origin}/explorer#q=${text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
}

/** Returns the address of a public question on `/look`, as a chart, with the variables that an address can hold. */
export function lookAddress(name: string, variables: string, locale: Locale): string {
  let given: Readonly<Record<string, unknown>> = {};
  try {
    given = JSON.parse(variables);
  } catch {
    // Without variables, the page asks its example.
  }
  const scalars = Object.entries(given).filter(
    ([variable, value]) => variable !== 'locale' && ['string', 'number', 'boolean'].includes(typeof value),
  );
  const search = new URLSearchParams(scalars.map(([variable, value]): [string, string] => [variable, String(value)]));
  search.set('view', 'chart');
  search.set('lang', languageCode(locale));
  return `/look/${name}?${search.toString()}`;
}
