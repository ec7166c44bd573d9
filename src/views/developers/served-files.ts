/** A file of `schema/` that the site serves as it is. */
interface ServedFile {
  /** Its path below `schema/`. */
  readonly source: string;
  readonly type: string;
}

/** The files of the schema that clients need and that the site serves, by their names in its root. */
export const SERVED_FILES: Readonly<Record<string, ServedFile>> = {
  'schema.graphql': { source: 'api.graphql', type: 'application/graphql; charset=utf-8' },
  'documents.json': { source: 'operations/manifest.json', type: 'application/json' },
  'possible-types.json': { source: 'possible-types.json', type: 'application/json' },
};
