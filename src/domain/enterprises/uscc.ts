/**
 * The unified social credit code of legal persons and other organisations (GB 32100-2015), 18 characters: department 1,
 * category 1, region 6 (GB/T 2260), organisation 9, check 1.
 */

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;

export type UsccFault =
  /** Not 18 characters. */
  | 'LENGTH'
  /** A character outside the code's alphabet of 31, which leaves out I, O, S, V, Z and small letters. */
  | 'CHARACTER'
  /** The six characters of the region are not all digits. */
  | 'REGION'
  /** The last character is not the check character of the first 17. */
  | 'CHECK_CHARACTER';

/**
 * Returns the check character of the first 17 characters (GB 32100-2015, 5.5): the weighted sum with the check is 0
 * modulo 31.
 */
export function usccCheckCharacter(body: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * ALPHABET.indexOf(body.charAt(i)), 0);
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** Returns the fault of a code; null for a valid one. The caller trims it and converts it to upper case. */
export function usccFault(code: string): UsccFault | null {
  if (code.length !== 18) return 'LENGTH';
  if (![...code].every((character) => ALPHABET.includes(character))) return 'CHARACTER';
  if (!/^\d{6}$/.test(code.slice(2, 8))) return 'REGION';
  return usccCheckCharacter(code) === code[17] ? null : 'CHECK_CHARACTER';
}

/**
 * Returns a code with its check character.
 * @param parts department and category (one character each), region (six digits), organisation (nine characters)
 * @throws RangeError where the parts don't make a code
 */
export function makeUscc(parts: {
  readonly department: string;
  readonly category: string;
  readonly region: string;
  readonly organisation: string;
}): string {
  const body = parts.department + parts.category + parts.region + parts.organisation;
  const code = body + usccCheckCharacter(body);
  const fault = usccFault(code);
  if (fault) throw new RangeError(`these parts make no unified social credit code: ${fault}`);
  return code;
}
