/** The style of the role picker: the explorer's colours, in one column that fits a small window. */
export const ROLE_PICKER_STYLE = `
:root {
  color-scheme: light dark;
  --ink: light-dark(#1f2d3a, #dfe6ee);
  --soft: light-dark(#566675, #a9b8c8);
  --paper: light-dark(#ffffff, #212a3b);
  --ground: light-dark(#f3f6f8, #1a2230);
  --line: light-dark(#d3dce4, #3b4a64);
  --edge: light-dark(#7d8c9a, #8496ab);
  --accent: light-dark(#155e75, #67c5dd);
  --on-accent: light-dark(#ffffff, #12202e);
}
* { box-sizing: border-box }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.5 Inter, system-ui, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
}
main { max-width: 38rem; margin: 0 auto; padding: 1.5rem 1.25rem 2.5rem; display: grid; gap: .625rem }
h1 { margin: 0; font-size: 1.375rem; letter-spacing: -.015em }
header p { margin: .25rem 0 .625rem; color: var(--soft); font-size: .8125rem }
form {
  display: flex; align-items: end; gap: 1rem; padding: .875rem 1rem;
  background: var(--paper); border: 1px solid var(--line); border-radius: 10px;
}
form:focus-within { border-color: var(--accent) }
.role { flex: 1; min-width: 0; display: grid; gap: .5rem }
h2 { margin: 0; font-size: .9375rem }
.role > p { margin: -.5rem 0 0; color: var(--soft); font-size: .8125rem }
.field, fieldset { display: grid; grid-template-columns: 5.5rem minmax(0, 1fr); align-items: center; font-size: .8125rem }
.field label, legend { color: var(--soft) }
fieldset { margin: 0; padding: 0; border: 0; min-width: 0 }
legend { float: left; padding: 0 }
fieldset div { display: flex; flex-wrap: wrap; gap: .125rem .875rem }
fieldset label { display: inline-flex; align-items: center; gap: .375rem; min-height: 24px }
input[type=checkbox] { width: 1rem; height: 1rem; margin: 0; accent-color: var(--accent) }
select {
  width: 100%; min-width: 0; padding: .3125rem .5rem; font: inherit; color: inherit;
  background: var(--paper); border: 1px solid var(--edge); border-radius: 6px;
}
button {
  flex: none; padding: .4375rem 1rem; font: inherit; font-weight: 600; color: var(--on-accent);
  background: var(--accent); border: 0; border-radius: 6px; cursor: pointer;
}
button:hover { filter: brightness(1.12) }
button span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
@media (max-width: 26rem) { form { display: grid } }
`;
