import type { Limit } from './limit.ts';

/** A parsed document holds its whole text, comments and blanks included, and is kept to be asked again. */
export const documentSize: Limit<'text'> = {
  name: 'documentSize',
  counts: 'characters of the document, comments and blanks among them',
  stage: 'text',
  allowed: 20_000,
  measure: (text) => text.characters,
};
