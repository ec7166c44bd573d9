import type { Who } from './callers.ts';

/**
 * A value that is nowhere else, and what is expected of it. Said here anew, by hand: an error in the tables that the system
 * decides by is not believed.
 */
export interface Canary {
  /** What it is, e.g. `home case: phone`. */
  readonly name: string;
  readonly text: string;
  /** Parts of so many characters give it away; where it is shown masked, no part of the masked form does. */
  readonly part: number;
  /** Who may read it, as it is, in the body of an answer. Nobody may anywhere else. */
  readonly seenBy: readonly Who[];
  /** Only in answers to this mutation. */
  readonly onlyIn?: string;
  /** Whether a table may hold it as it is. */
  readonly atRest: boolean;
  /** Whether it tells nothing to who has sent it: what names a thing, not what is said of it. */
  readonly isName: boolean;
}

/** The shortest part that is looked for. */
export const PART = 6;

/** For what is random anyway: parts of six of it come about by chance. */
export const LONG_PART = 12;

export interface CanaryOptions {
  readonly part?: number;
  readonly onlyIn?: string;
  readonly atRest?: boolean;
  readonly isName?: boolean;
}

export function canary(name: string, text: string, seenBy: readonly Who[], options: CanaryOptions = {}): Canary {
  const { part = PART, onlyIn, atRest = true, isName = false } = options;
  return { name, text, part, seenBy, atRest, isName, ...(onlyIn === undefined ? {} : { onlyIn }) };
}

/** Looked for whole, not in parts: a masked form, a day. */
export const WHOLE = Number.POSITIVE_INFINITY;

/** Texts that nothing else has, by a seed. */
export interface Rare {
  /** Chinese characters that no text of ours has: of CJK's extension A. */
  words(length: number): string;
  /** No leading zero. */
  digits(length: number): string;
  /** Crockford's base 32. */
  base32(length: number): string;
  hex(length: number): string;
  day(fromYear: number, years: number): string;
}

export function rare(random: () => number): Rare {
  const draw = (count: number) => Math.floor(random() * count);
  const of = (alphabet: string, length: number) =>
    Array.from({ length }, () => alphabet[draw(alphabet.length)]).join('');
  const two = (number: number) => String(number).padStart(2, '0');
  return {
    words: (length) => String.fromCodePoint(...Array.from({ length }, () => 0x3400 + draw(6_500))),
    digits: (length) => of('123456789', 1) + of('0123456789', length - 1),
    base32: (length) => of('0123456789ABCDEFGHJKMNPQRSTVWXYZ', length),
    hex: (length) => of('0123456789abcdef', length),
    day: (fromYear, years) => `${fromYear + draw(years)}-${two(1 + draw(12))}-${two(1 + draw(28))}`,
  };
}
