import type { Bearer } from './bearer.ts';

const KINDS: Readonly<Record<string, string>> = {
  applicant: 'Applicant',
  officer: 'Officer',
  clerk: 'Clerk of an enterprise',
  partner: 'Partner zone',
  analyst: 'Analyst',
  admin: 'Administrator',
};

export const kindText = ({ kind }: Bearer): string => KINDS[kind] ?? kind;

/** Returns the other facts about a bearer, as pairs of a word and a value. */
export function boundText({ person, agency, zone, enterprise, roles }: Bearer): readonly (readonly [string, string])[] {
  const pairs: readonly (readonly [string, string | undefined])[] = [
    ['Agency', agency],
    ['Zone', zone],
    ['Enterprise', enterprise],
    ['Roles', roles.join(', ') || undefined],
    ['Person', person],
  ];
  return pairs.flatMap(([word, value]) => (value === undefined ? [] : [[word, value] as const]));
}
