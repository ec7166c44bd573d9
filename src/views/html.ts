/** HTML that is safe to send: made by `html`, which escapes every text. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A part of a template: text to escape, finished markup, or nothing. */
export type Piece = string | number | Markup | null | undefined | false | readonly Piece[];

/** Builds markup of a template. Texts are escaped, so that they are safe as content and in quoted attributes. */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  return new Markup(strings.map((text, index) => text + textOf(pieces[index])).join(''));
}

function textOf(piece: Piece): string {
  if (piece === null || piece === undefined || piece === false) return '';
  if (piece instanceof Markup) return piece.text;
  if (typeof piece === 'number') return String(piece);
  return typeof piece === 'string' ? escapeHtml(piece) : piece.map(textOf).join('');
}

/** Returns a text with the characters of markup as character references. */
export const escapeHtml = (text: string) => text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
