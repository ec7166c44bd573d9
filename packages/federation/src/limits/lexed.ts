import { Lexer, Source, TokenKind } from 'graphql';

export interface Lexed {
  readonly characters: number;
  readonly tokens: number;
  /** The most brackets of any kind that are open at once. */
  readonly nesting: number;
}

const OPENING: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/**
 * Counts a document's tokens, at most one more than `mostTokens`, without parsing it: a parser recurses, this doesn't.
 * What can't be read ends the count: the parser says what is wrong there.
 */
export function lexed(text: string, mostTokens: number): Lexed {
  const lexer = new Lexer(new Source(text));
  let [tokens, open, nesting] = [0, 0, 0];
  try {
    for (let { kind } = lexer.advance(); kind !== TokenKind.EOF && tokens <= mostTokens; { kind } = lexer.advance()) {
      tokens++;
      if (OPENING.has(kind)) nesting = Math.max(nesting, ++open);
      else if (CLOSING.has(kind)) open--;
    }
  } catch {
    // Left to the parser.
  }
  return { characters: text.length, tokens, nesting };
}
