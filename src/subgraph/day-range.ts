import { type DayInterval, daysBetween } from '../domain/calendar/day.ts';
import { CodedError } from '../errors.ts';

/** Maximum days that one field returns. */
export const MAX_DAYS = 400;

/**
 * Returns the days of the arguments `from` and `to`, both included.
 * @throws CodedError BAD_USER_INPUT if there are none, or more than 400
 */
export function dayRange({ from, to }: { readonly from: string; readonly to: string }): DayInterval & { to: string } {
  const days = daysBetween(from, to) + 1;
  if (days >= 1 && days <= MAX_DAYS) return { from, to };
  const message = days < 1 ? '`to` must not be before `from`.' : `\`from\` to \`to\` must be at most ${MAX_DAYS} days.`;
  throw new CodedError('BAD_USER_INPUT', message, { details: { arguments: ['from', 'to'] } });
}
