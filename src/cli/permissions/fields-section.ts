import { type AnyOfAll, NOTHING, type Requirement, type Supergraph } from '@bridgehead/federation';
import { isObjectType } from 'graphql';
import { whoHasScopes, whoIsGranted } from './who.ts';

/** Prints the section on fields: who may query each one, from the composed schema. */
export function fieldsSection({ apiSchema, rules }: Pick<Supergraph, 'apiSchema' | 'rules'>): string {
  const rows = Object.values(apiSchema.getTypeMap())
    .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((type) => {
      const fields = isObjectType(type) ? Object.keys(type.getFields()) : [];
      const byRule = Map.groupBy(fields, (field) => said(rules.get(`${type.name}.${field}`) ?? NOTHING));
      return Array.from(byRule, ([rule, names]) => {
        const requirement = rules.get(`${type.name}.${names[0]}`) ?? NOTHING;
        return `| \`${type.name}\` | ${names.map((name) => `\`${name}\``).join(', ')} | ${whoIsGranted(requirement)} | ${rule} |`;
      });
    });
  return `## What may be asked for at all

Each field of every subgraph says who may ask for it, by \`@tag(name: "public")\`, \`@authenticated\`, \`@requiresScopes\` or
\`@policy\`: a schema that doesn't is not composed. What may not be asked for is null, with \`UNAUTHORIZED_FIELD_OR_TYPE\`, and
isn't asked of any subgraph; introspection doesn't show it. Who has which scope:

| scope | who |
| --- | --- |
${whoHasScopes()
  .map(([scope, who]) => `| \`${scope}\` | ${who} |`)
  .join('\n')}

| type | fields | who | by |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}

/** Prints a requirement in a cell of a table; empty if nothing is required. */
function said({ authenticated, scopes, policies }: Requirement): string {
  return [
    ...(authenticated ? ['signed in'] : []),
    ...scopes.map((any) => `${anyOf(any)}`),
    ...policies.map((any) => `policy ${anyOf(any)}`),
  ].join('; ');
}

function anyOf(any: AnyOfAll): string {
  return any.map((every) => every.map((name) => `\`${name}\``).join(' and ')).join(' or ');
}
