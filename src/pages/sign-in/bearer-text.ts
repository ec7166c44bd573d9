import type { Bearer } from './bearer.ts';
import type { SignInWords } from './words.ts';

export const kindText = ({ kind }: Bearer, { kinds }: SignInWords): string => kinds[kind] ?? kind;

/** Returns the other facts about a bearer, as pairs of a word and a value. */
export function boundText(bearer: Bearer, { bounds }: SignInWords): readonly (readonly [string, string])[] {
  const { agency, zone, enterprise, person } = bearer;
  const values = { agency, zone, enterprise, roles: bearer.roles.join(', ') || undefined, person };
  return Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [[bounds[name as keyof typeof values], value] as const],
  );
}
