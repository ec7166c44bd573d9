import { CodedError } from '@bridgehead/federation';

/**
 * Returns where each subgraph answers: the address that is given, else the supergraph's.
 * Throws CONFIGURATION for a name that no subgraph has, and for a subgraph without an address.
 */
export function addressesOf(
  subgraphs: readonly { readonly name: string; readonly url: string }[],
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const unknown = Object.keys(given).filter((name) => subgraphs.every((subgraph) => subgraph.name !== name));
  if (unknown.length > 0) {
    const names = subgraphs.map(({ name }) => name).join(', ');
    throw new CodedError('CONFIGURATION', `The supergraph has no subgraph ${unknown.join(', ')}; it has ${names}.`);
  }
  const urls = subgraphs.map(({ name, url }) => [name, given[name] ?? url] as const);
  const missing = urls.filter(([, url]) => url === '').map(([name]) => name);
  if (missing.length > 0) {
    const flags = missing.map((name) => `--subgraph ${name}=URL`).join(' ');
    throw new CodedError('CONFIGURATION', `The supergraph does not say where its subgraphs answer: give ${flags}.`);
  }
  return Object.fromEntries(urls);
}
