import { deflateSync, strToU8 } from 'fflate';
import { type DocumentNode, Kind, parse, print, visit } from 'graphql';

/** Texts that name a case, a person or a file: ids, receipt numbers, identity and mobile numbers. */
const PERSONAL =
  /^(?:case|applicant|person|document|upload|access)[_-]|^[A-Z]{2,5}-[A-Z\d-]+$|^\d{17}[\dXx]$|^(?:\+?86)?1\d{10}$/;

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
      if (PERSONAL.test(value)) isFit = false;
    },
  });
  if (!isFit) return null;
  const bytes = deflateSync(strToU8(JSON.stringify({ query: print(document) })));
  const text = btoa(String.fromCharCode(...bytes));
  return `${origin}/explorer#q=${text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
}
