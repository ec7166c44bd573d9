/** Elements made in one expression. Markup is never parsed from text, so no answer can inject any. */
export type Child = Node | string | null | false | undefined;

type Attributes = Readonly<Record<string, string | number | boolean | null>>;

/** Makes an element. An attribute that is `true` has no value; null and `false` are left out. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** SVG paths in a box of 24 by 24. */
const ICONS = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  dot: 'M12 12h.01',
  tray: 'M12 4v10M8 10.5l4 4l4-4M5 15v4h14v-4',
  hand: 'M12 4v9M12 17v2',
  clock: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 7.5V12l3 2',
  refused: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  upload: 'M12 16V5M7.5 9.5L12 5l4.5 4.5M5 19h14',
} as const;
export type IconName = keyof typeof ICONS;

/** Makes a decorative icon. The words beside it carry its meaning. */
export function icon(name: IconName): SVGSVGElement {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', `icon ${name}`);
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}
