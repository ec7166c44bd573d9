import type { Bearer } from '../sign-in/bearer.ts';

const OWN = ['zone', 'agency', 'enterprise'] as const;

/**
 * Returns an example's variables, with the zone, agency or enterprise of the person signed in where they name one.
 * Those of others are often refused.
 */
export function ownVariables(text: string, bearer: Bearer | undefined): string {
  const variables: Readonly<Record<string, unknown>> = JSON.parse(text);
  const own = OWN.flatMap((name) =>
    bearer?.[name] !== undefined && name in variables ? [[name, bearer[name]] as const] : [],
  );
  return JSON.stringify({ ...variables, ...Object.fromEntries(own) }, null, 2);
}
