/**
 * The citizen identification number (GB 11643): region 6 (GB/T 2260), birth date 8, sequence 3, check 1. The check
 * character follows ISO 7064 MOD 11-2.
 */
import { isDay } from '../calendar/day.ts';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECKS = '10X98765432';

export type ResidentIdFault = 'FORM' | 'BIRTH_DATE' | 'CHECK_CHARACTER';

/** Returns the check character of the first 17 digits. */
export function residentIdCheckCharacter(body: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return CHECKS[sum % 11] ?? '';
}

/** Returns the birth date in a well-formed number, as `YYYY-MM-DD`. */
export function birthDateIn(id: string): string {
  return `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`;
}

/** Returns the fault of a number; null for a valid one. Its region isn't checked. */
export function residentIdFault(id: string): ResidentIdFault | null {
  if (!/^\d{17}[\dX]$/.test(id)) return 'FORM';
  if (!isDay(birthDateIn(id))) return 'BIRTH_DATE';
  return residentIdCheckCharacter(id) === id[17] ? null : 'CHECK_CHARACTER';
}

/**
 * Returns a number of the region 999999, which GB/T 2260 doesn't have. It passes every check and belongs to no person.
 * @param born `YYYY-MM-DD`
 * @param sequence 0 to 999
 */
export function syntheticResidentId(born: string, sequence: number): string {
  const body = `999999${born.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
  const id = body + residentIdCheckCharacter(body);
  const fault = residentIdFault(id);
  if (fault) throw new RangeError(`these parts make no resident identity number: ${fault}`);
  return id;
}
