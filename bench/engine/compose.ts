import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { type Name, readSdl, SUBGRAPHS } from './subgraphs.ts';

/** The supergraph of the shop. @param urls where its subgraphs answer, for gateways that ask there */
export function composeShop(urls: Partial<Record<Name, string>> = {}): string {
  const { supergraphSdl, errors } = composeServices(
    SUBGRAPHS.map((name) => ({ name, typeDefs: parse(readSdl(name)), url: urls[name] ?? `http://${name}.invalid` })),
  );
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}
