import { TOKEN_KINDS } from '../../auth/trusted-issuers.ts';
import { AGENCIES } from '../../domain/case-fold.ts';
import { ALL_ZONES } from '../demo-data/zones.ts';

const escapeHtml = (text: string) => text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const options = (values: readonly string[]) =>
  ['', ...values]
    .map((value) => `<option value="${escapeHtml(value)}">${escapeHtml(value || '(as in the demo data)')}</option>`)
    .join('');

/**
 * The page that stands in for a sign-in: a choice of who to be.
 * @param action where the choice is posted
 * @param carried parameters of the request that come back with it
 * @param nonce of the style element
 */
export function rolePickerPage(action: string, carried: Readonly<Record<string, string>>, nonce: string): string {
  const hidden = Object.entries(carried).map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const roles = TOKEN_KINDS.map((kind) => `<button name="as" value="${kind}">${kind}</button>`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Sign in as … (local development)</title>
<style nonce="${nonce}">
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 3rem auto; padding: 0 1rem }
  button { font: inherit; padding: .5rem 1rem; margin: 0 .25rem .5rem 0 }
  label { display: grid; grid-template-columns: 8rem 1fr; margin-bottom: .5rem }
</style>
<h1>Who do you want to be?</h1>
<p>This machine's own issuer gives anybody a token for anything. It exists in local development only.</p>
<form method="post" action="${escapeHtml(action)}">
  ${hidden.join('\n  ')}
  <p>${roles.join('\n     ')}</p>
  <details>
    <summary>Bound to</summary>
    <label>zone <select name="zone">${options(ALL_ZONES)}</select></label>
    <label>agency <select name="agency">${options(AGENCIES)}</select></label>
    <label>enterprise <input name="enterprise" placeholder="ent_…"></label>
    <label>person <input name="person" placeholder="sample-…"></label>
  </details>
</form>
</html>
`;
}
