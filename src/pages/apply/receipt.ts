import { encode } from 'uqr';
import type { CaseScreen } from '../case/case-screen.ts';
import { instantText } from '../case/dates.ts';
import { h } from '../case/element.ts';
import type { Locale } from './generated/documents.ts';
import type { ApplyWords } from './words.ts';

interface ReceiptOptions {
  readonly screen: CaseScreen;
  /** Null after a reload: it is told once. */
  readonly secret: string | null;
  readonly words: ApplyWords;
  readonly locale: Locale;
}

/** Returns the receipt, to print or to keep. Its code holds the number only; the secret is text, and in no address. */
export function receiptPage({ screen, secret, words, locale }: ReceiptOptions): HTMLElement {
  const number = screen.receiptNumber ?? '';
  const print = h('button', { type: 'button' }, words.print);
  print.addEventListener('click', () => window.print());
  const row = (term: string, said: string, isNumber = false) =>
    h('div', {}, h('dt', {}, term), h('dd', isNumber ? { class: 'number' } : {}, said));
  return h(
    'section',
    { class: 'card receipt', 'aria-labelledby': 'title' },
    h('p', { class: 'kind' }, words.receipt),
    h('h1', { id: 'title', tabindex: -1 }, words.submitted),
    screen.nextAction !== null && h('p', { class: 'lead' }, screen.nextAction),
    h(
      'dl',
      {},
      row(words.caseTypeName, [screen.kindLabel, screen.routeLabel].filter(Boolean).join(' · ')),
      row(words.submittedOn, instantText(new Date(screen.updatedAt), locale)),
      row(words.receiptNumber, number, true),
      secret !== null && row(words.secret, secret, true),
    ),
    h('p', { class: 'hint' }, secret === null ? words.secretGone : words.secretHint),
    qrCode(`${location.origin}/case#r=${number}`, words.qr),
    h('div', { class: 'buttons' }, print),
    h('p', {}, h('a', { href: `/case#r=${number}` }, words.follow)),
  );
}

/** Draws a QR code (ISO/IEC 18004) of an address, with the quiet zone of four modules that the standard asks for. */
function qrCode(text: string, label: string): SVGSVGElement {
  const { size, data } = encode(text, { ecc: 'M', border: 4 });
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', `0 0 ${size} ${size}`);
  svg.setAttribute('class', 'qr');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', label);
  const path = document.createElementNS(namespace, 'path');
  const dark = data.flatMap((line, y) => line.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  path.setAttribute('d', dark.join(''));
  svg.append(path);
  return svg;
}
