import type { DocumentNode } from 'graphql';
import { argumentsOf, importsOf } from './join.ts';

const CONTEXT = /^https:\/\/specs\.apollo\.dev\/context\/v/;

/** Reads which types set each context (`@context`), whatever the supergraph calls the directive. */
export function readContexts(supergraph: DocumentNode): ReadonlyMap<string, readonly string[]> {
  const contexts = new Map<string, string[]>();
  const directive = directiveName(supergraph);
  for (const definition of directive === undefined ? [] : supergraph.definitions) {
    if (!('name' in definition) || !definition.name || !('directives' in definition)) continue;
    for (const applied of definition.directives ?? []) {
      const { name } = argumentsOf(applied);
      if (applied.name.value !== directive || typeof name !== 'string') continue;
      contexts.set(name, [...(contexts.get(name) ?? []), definition.name.value]);
    }
  }
  return contexts;
}

function directiveName({ definitions }: DocumentNode): string | undefined {
  for (const definition of definitions) {
    if (definition.kind !== 'SchemaDefinition' && definition.kind !== 'SchemaExtension') continue;
    for (const link of definition.directives ?? []) {
      const { url, as, import: imported } = argumentsOf(link);
      if (typeof url !== 'string' || !CONTEXT.test(url)) continue;
      return importsOf(imported).get('@context')?.slice(1) ?? (typeof as === 'string' ? as : 'context');
    }
  }
  return undefined;
}
