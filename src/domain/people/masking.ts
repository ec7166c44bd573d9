/**
 * The masked forms in which personal data are shown unless a purpose reveals them. Counted by code points, so that a rare
 * character of a name is one and is never cut. What has not the expected form is masked whole.
 */

const STAR = '*';

function keepEnds(text: readonly string[], head: number, tail: number): string {
  return text.map((c, i) => (i < head || i >= text.length - tail ? c : STAR)).join('');
}

function maskWhole(text: readonly string[]): string {
  return STAR.repeat(text.length);
}

/** `120***********1234`: a resident identity number's first 3 and last 4. */
export function maskResidentId(id: string): string {
  const characters = [...id];
  return characters.length === 18 ? keepEnds(characters, 3, 4) : maskWhole(characters);
}

/**
 * Returns `张*` for a name of any length: its first character and one star. Neither the last character nor the length is left,
 * as either narrows a family name down to few people.
 */
export function maskName(name: string): string {
  const characters = [...name];
  return characters.length < 2 ? maskWhole(characters) : `${characters[0]}${STAR}`;
}

/** `138****5678`: a mobile number's first 3 and last 4 of 11. */
export function maskPhone(phone: string): string {
  const characters = [...phone];
  return characters.length === 11 ? keepEnds(characters, 3, 4) : maskWhole(characters);
}
