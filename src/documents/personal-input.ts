import type { Tags } from '@bridgehead/federation';
import {
  BREAK,
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** The tag of an input type that holds personal data. */
const PERSONAL = 'personal';

/**
 * Returns the input types that hold personal data. They may come in a body, and never in a URL, which logs and caches on its
 * way store.
 */
export function personalInputs(tags: Tags): ReadonlySet<string> {
  return new Set([...tags].filter(([, values]) => values.includes(PERSONAL)).map(([coordinate]) => coordinate));
}

/** Returns whether a valid document gives any argument of these types. */
export function takesInput(document: DocumentNode, schema: GraphQLSchema, types: ReadonlySet<string>): boolean {
  if (types.size === 0) return false;
  const typeInfo = new TypeInfo(schema);
  let takes = false;
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Argument() {
        takes = types.has(getNamedType(typeInfo.getInputType())?.name ?? '');
        return takes ? BREAK : undefined;
      },
    }),
  );
  return takes;
}
