import { CodedError } from '../errors.ts';

/**
 * Returns the one argument that was given, by its name.
 * @throws CodedError BAD_USER_INPUT if none or several were given
 */
export function exactlyOne<Name extends string>(
  given: { readonly [N in Name]?: string | null },
): {
  readonly name: Name;
  readonly value: string;
} {
  const names = Object.keys(given) as Name[];
  const found = names.flatMap((name) => {
    const value = given[name];
    return value === null || value === undefined ? [] : [{ name, value }];
  });
  const [one] = found;
  if (found.length === 1 && one) return one;
  const listed = `\`${names.slice(0, -1).join('`, `')}\` and \`${names.at(-1)}\``;
  throw new CodedError('BAD_USER_INPUT', `Give exactly one of ${listed}.`, { details: { arguments: names } });
}
