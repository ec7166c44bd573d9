/** What a text, or a part of it, looks like where somebody has encoded it, turned it round or cut it. */

export type Encoding = 'plain' | 'reversed' | 'base64' | 'hex' | 'percent' | 'escaped';

export interface Needle {
  readonly encoding: Encoding;
  readonly text: string;
}

/** Every part of so many characters; the text itself where it has no more. */
export function partsOf(text: string, length: number): readonly string[] {
  const characters = [...text];
  if (characters.length <= length) return [text];
  return Array.from({ length: characters.length - length + 1 }, (_, i) => characters.slice(i, i + length).join(''));
}

/** One part in every encoding, as it is first. */
export function needlesOf(part: string): readonly Needle[] {
  const bytes = Buffer.from(part, 'utf8');
  const hex = bytes.toString('hex');
  const forms: readonly Needle[] = [
    { encoding: 'plain', text: part },
    { encoding: 'reversed', text: [...part].reverse().join('') },
    { encoding: 'hex', text: hex },
    { encoding: 'hex', text: hex.toUpperCase() },
    { encoding: 'percent', text: percentEncoded(bytes) },
    { encoding: 'escaped', text: jsonEscaped(part) },
    ...[0, 1, 2].flatMap((offset) => base64At(bytes, offset)),
  ];
  return forms.filter(({ text }, i) => forms.findIndex((other) => other.text === text) === i);
}

/** As it stands within a longer base64 text, this many bytes after the beginning of a group of three: what is certain of it. */
function base64At(bytes: Buffer, offset: number): readonly Needle[] {
  const all = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString('base64')
    .replaceAll('=', '');
  const first = Math.ceil((offset * 8) / 6);
  const last = Math.floor(((offset + bytes.length) * 8) / 6);
  const text = all.slice(first, last);
  const url = text.replaceAll('+', '-').replaceAll('/', '_');
  return [text, url].map((form) => ({ encoding: 'base64', text: form }));
}

function percentEncoded(bytes: Buffer): string {
  return [...bytes].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

/** `\u4e00`, as JSON may write any character. */
function jsonEscaped(text: string): string {
  return Array.from({ length: text.length }, (_, i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`).join(
    '',
  );
}
