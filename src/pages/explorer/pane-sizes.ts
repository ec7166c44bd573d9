/** GraphiQL's storage keys of the panes' sizes. On a first visit the answer and its table get the larger part. */
const FIRST_VISIT = { 'graphiql:editorFlex': '0.56', 'graphiql:secondaryEditorFlex': '2.6' };

for (const [key, size] of Object.entries(FIRST_VISIT)) {
  try {
    if (localStorage.getItem(key) === null) localStorage.setItem(key, size);
  } catch {
    // Storage may be full or forbidden: then GraphiQL's own sizes apply.
  }
}
