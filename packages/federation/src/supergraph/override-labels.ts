import { createHash } from 'node:crypto';
import { type DocumentNode, Kind } from 'graphql';
import { argumentOf, directiveName, type Feature } from './features.ts';

/** The labels that fields move by from one subgraph to another (`@override(label:)`), sorted, each one once. */
export function overrideLabels(supergraph: DocumentNode, join: Feature): readonly string[] {
  const fieldDirective = directiveName(join, 'field');
  const labels = new Set<string>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const directive of (definition.fields ?? []).flatMap((field) => field.directives ?? [])) {
      const label = directive.name.value === fieldDirective ? argumentOf(directive, 'overrideLabel') : undefined;
      if (typeof label === 'string') labels.add(label);
    }
  }
  return [...labels].sort();
}

const PERCENT = /^percent\((\d+(?:\.\d+)?)\)$/;

/**
 * The labels that are active for a client: always the same for the same key, and for another label independently, so that
 * each label is active for its share of the clients. Without a key, only what is active for everybody.
 * @param shares the percentage of clients of each label that doesn't say it itself, as `percent(20)` does; else none
 */
export function activeLabels(
  labels: readonly string[],
  shares: Readonly<Record<string, number>>,
  clientKey: string | undefined,
): readonly string[] {
  return labels.filter((label) => {
    const share = Number(PERCENT.exec(label)?.[1] ?? shares[label] ?? 0);
    return share >= 100 || (clientKey !== undefined && percentile(label, clientKey) < share);
  });
}

/** In [0, 100), evenly spread over clients. */
function percentile(label: string, clientKey: string): number {
  const hash = createHash('sha256')
    .update(JSON.stringify([label, clientKey]))
    .digest();
  return (hash.readUIntBE(0, 6) / 2 ** 48) * 100;
}
