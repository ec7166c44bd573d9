/** A plugin of graphql-codegen: a constant for each trusted document, with its id and the types of its two sides. */
import { readFileSync } from 'node:fs';

export function plugin(_schema, documents) {
  const { operations } = JSON.parse(readFileSync('schema/operations/manifest.json', 'utf8'));
  const ids = new Map(operations.map(({ name, id }) => [name, id]));
  const named = documents.flatMap(({ document }) =>
    document.definitions.flatMap((definition) => (definition.kind === 'OperationDefinition' ? [definition] : [])),
  );
  return named
    .map(({ name: { value: name }, operation }) => {
      const id = ids.get(name);
      if (id === undefined) throw new Error(`${name} is not in the manifest: run "npm run compose" first.`);
      const types = `${name}${operation === 'query' ? 'Query' : 'Mutation'}`;
      return `export const ${name}: TrustedDocument<${types}, ${types}Variables> = { operation: '${operation}', id: '${id}' };`;
    })
    .join('\n');
}
