import { Lexer, Source, TokenKind } from 'graphql';
import type { Lexed, Limit } from './limit.ts';

/** A parsed document holds its whole text, comments and blanks included, and is kept to be asked again. */
export const documentSize: Limit<'text'> = {
  name: 'documentSize',
  counts: 'characters of the document, comments and blanks among them',
  stage: 'text',
  allowed: 20_000,
  measure: (text) => text.characters,
};

export const tokens: Limit<'text'> = {
  name: 'tokens',
  counts: 'lexical tokens of the document',
  stage: 'text',
  allowed: 2_000,
  measure: (text) => text.tokens,
};

/** Before parsing: the parser, validation and the printer recurse by it. */
export const nesting: Limit<'text'> = {
  name: 'nesting',
  counts: 'brackets of any kind within each other',
  stage: 'text',
  allowed: 32,
  measure: (text) => text.nesting,
};

const OPENING: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/**
 * Counts a document's tokens, at most one more than `maxTokens`, without parsing it: a parser recurses, this doesn't.
 * Text that can't be read ends the count: the parser reports it.
 */
export function lexed(text: string, maxTokens: number): Lexed {
  const lexer = new Lexer(new Source(text));
  let [tokens, open, nesting] = [0, 0, 0];
  try {
    for (let { kind } = lexer.advance(); kind !== TokenKind.EOF && tokens <= maxTokens; { kind } = lexer.advance()) {
      tokens++;
      if (OPENING.has(kind)) nesting = Math.max(nesting, ++open);
      else if (CLOSING.has(kind)) open--;
    }
  } catch {
    // Left to the parser.
  }
  return { characters: text.length, tokens, nesting };
}
