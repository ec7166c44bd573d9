import { type Name, SUBGRAPHS } from './subgraphs.ts';

/** Where the subgraphs of a composed shop answer. */
export function subgraphUrls(supergraphSdl: string): Record<Name, string> {
  const found = SUBGRAPHS.map((name): [Name, string] => {
    const [, url] = supergraphSdl.match(new RegExp(`@join__graph\\(name: "${name}", url: "([^"]*)"\\)`)) ?? [];
    if (url === undefined) throw new Error(`The supergraph has no subgraph ${name}.`);
    return [name, url];
  });
  return Object.fromEntries(found) as Record<Name, string>;
}
