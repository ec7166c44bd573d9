/** GraphiQL keeps the panes' sizes under these names. On a first visit the answer and its table get the larger part. */
const FIRST_VISIT = { 'graphiql:editorFlex': '0.56', 'graphiql:secondaryEditorFlex': '2.6' };

for (const [key, size] of Object.entries(FIRST_VISIT)) {
  try {
    if (localStorage.getItem(key) === null) localStorage.setItem(key, size);
  } catch {
    // Storage that is full or forbidden: GraphiQL's own sizes do.
  }
}
