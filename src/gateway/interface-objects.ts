import { type DocumentNode, Kind } from 'graphql';
import { argumentOf, directiveName, type Feature } from './features.ts';

/** Reads which interfaces are an object to some subgraph (`@interfaceObject`), which then knows none of their types. */
export function readInterfaceObjects(supergraph: DocumentNode, join: Feature): ReadonlySet<string> {
  const typeDirective = directiveName(join, 'type');
  return new Set(
    supergraph.definitions.flatMap((definition) =>
      definition.kind === Kind.INTERFACE_TYPE_DEFINITION &&
      definition.directives?.some(
        (directive) => directive.name.value === typeDirective && argumentOf(directive, 'isInterfaceObject') === true,
      )
        ? [definition.name.value]
        : [],
    ),
  );
}
