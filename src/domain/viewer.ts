/**
 * Who is asking. Callers are not identified yet, so everybody is anonymous and personal fields are masked for everybody;
 * the handlers refuse to start outside local mode until that changes.
 */
export type Viewer = { readonly kind: 'anonymous' };

export const ANONYMOUS: Viewer = { kind: 'anonymous' };

/** Tells one viewer from every other: whose cursors and idempotency keys these are. */
export function viewerKey(viewer: Viewer): string {
  return viewer.kind;
}
