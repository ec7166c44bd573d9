import { type Choice, type RoleChoice, roleChoices } from './role-choices.ts';
import { ROLE_PICKER_STYLE } from './role-picker-style.ts';

const escapeHtml = (text: string) => text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/**
 * Returns the page that replaces a sign-in: a choice of roles. Each role is a form of its own, so that one button is
 * enough without a script.
 * @param action URL that receives the choice
 * @param carried parameters of the request that return with it
 * @param nonce of the style element
 */
export function rolePickerPage(action: string, carried: Readonly<Record<string, string>>, nonce: string): string {
  const hidden = Object.entries(carried)
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join('');
  const forms = roleChoices().map((role) => roleForm(role, escapeHtml(action), hidden));
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Sign in as … (local development)</title>
<style nonce="${nonce}">${ROLE_PICKER_STYLE}</style>
<main>
<header>
<h1>Who do you want to be?</h1>
<p>This machine's own issuer gives anybody a token for anything, for an hour. It exists in local development only; the
people here are synthetic.</p>
</header>
${forms.join('\n')}
</main>
</html>
`;
}

function roleForm({ kind, title, does, choices }: RoleChoice, action: string, hidden: string): string {
  const id = title.toLowerCase().replaceAll(' ', '-');
  return `<form method="post" action="${action}" aria-labelledby="${id}">${hidden}
<div class="role"><h2 id="${id}">${title}</h2><p>${does}</p>
${choices.map((choice) => field(choice, `${id}-${choice.name}`)).join('\n')}
</div>
<button name="as" value="${kind}">Sign in <span>as ${title.toLowerCase()}</span></button>
</form>`;
}

function field({ name, label, options, several, usual }: Choice, id: string): string {
  if (several) {
    const boxes = options.map(
      (option) =>
        `<label><input type="checkbox" name="${name}" value="${escapeHtml(option.value)}" checked> ${escapeHtml(option.label)}</label>`,
    );
    // Unchecked boxes are not sent. This field shows that they were offered.
    return `<fieldset><legend>${label}</legend><input type="hidden" name="${name}" value=""><div>${boxes.join('')}</div></fieldset>`;
  }
  const listed = options.map(
    ({ value, label: text }) =>
      `<option value="${escapeHtml(value)}"${value === usual ? ' selected' : ''}>${escapeHtml(text)}</option>`,
  );
  return `<div class="field"><label for="${id}">${label}</label><select id="${id}" name="${name}">${listed.join('')}</select></div>`;
}
