/**
 * Masked forms of personal data, which are shown unless a purpose reveals the value. They count code points, so that a
 * rare character of a name is never cut. A value without the expected form is masked whole.
 */

const STAR = '*';

function keepEnds(text: readonly string[], head: number, tail: number): string {
  return text.map((c, i) => (i < head || i >= text.length - tail ? c : STAR)).join('');
}

function maskWhole(text: readonly string[]): string {
  return STAR.repeat(text.length);
}

/** Returns `120***********1234`: the first 3 and last 4 characters of a resident identity number. */
export function maskResidentId(id: string): string {
  const characters = [...id];
  return characters.length === 18 ? keepEnds(characters, 3, 4) : maskWhole(characters);
}

/**
 * Returns `张*` for a name of any length: its first character and one star. The last character or the length would
 * narrow a family name down to few people.
 */
export function maskName(name: string): string {
  const characters = [...name];
  return characters.length < 2 ? maskWhole(characters) : `${characters[0]}${STAR}`;
}

/** Returns `138****5678`: the first 3 and last 4 of the 11 digits of a mobile number. */
export function maskPhone(phone: string): string {
  const characters = [...phone];
  return characters.length === 11 ? keepEnds(characters, 3, 4) : maskWhole(characters);
}
