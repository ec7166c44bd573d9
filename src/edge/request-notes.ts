/** Notes for a request's log line: the subgraphs that the request reached, the codes of its errors, the fields that its document names. */
export interface RequestNotes {
  readonly subgraphs: Set<string>;
  readonly codes: Set<string>;
  /** `Type.field`, as the schema has them; empty until the document is valid. */
  fields: readonly string[];
}

/** The notes of requests in progress, by request id: parts of a request copy its call. */
const inProgress = new Map<string, RequestNotes>();

/** Opens the notes of a request. The caller runs `end` after the answer. */
export function openNotes(requestId: string): { readonly notes: RequestNotes; readonly end: () => void } {
  const notes: RequestNotes = { subgraphs: new Set(), codes: new Set(), fields: [] };
  inProgress.set(requestId, notes);
  return { notes, end: () => inProgress.delete(requestId) };
}

/** Returns the notes of a request; undefined if nobody reads them. */
export function notesOf(requestId: string): RequestNotes | undefined {
  return inProgress.get(requestId);
}
