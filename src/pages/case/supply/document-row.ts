import type { Locale } from '../../../domain/locale.ts';
import type { Supplied, SupplyStep } from '../../uploads/supply-file.ts';
import type { CaseScreen } from '../case-screen.ts';
import { h } from '../element.ts';
import { fill, pageWords, untilLoaded } from '../words.ts';

/** The sources that a file input offers: the phone's camera, its photos, and document files. */
const ACCEPTED = 'image/*,application/pdf';

/** Loads the code that prepares and sends files, which is needed once a file is being chosen. */
const loadUploads = () => import('../../uploads/supply-file.ts');

export type AskedDocument = NonNullable<CaseScreen['documents']>[number];

/** One document to supply, with its file input. It outlives redraws of the case, so that a running upload goes on. */
export interface DocumentRow {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  isBusy(): boolean;
  /** @param head the document's name and status as elements */
  show(document: AskedDocument, locale: Locale, head: readonly Node[]): void;
}

interface RowOptions {
  readonly token: string;
  readonly caseId: string;
  readonly code: string;
  readonly signal: AbortSignal;
  /** Called after the document was supplied. */
  readonly onSupplied: (name: string) => void;
  readonly onEnded: () => void;
}

/** The state of a row's upload: a running step, a failure, or nothing. */
type RowState = SupplyStep | Exclude<Supplied, { kind: 'SUPPLIED' | 'ENDED' }> | null;

export function documentRow({ code, token, caseId, signal, onSupplied, onEnded }: RowOptions): DocumentRow {
  const head = h('div', { class: 'head' });
  const input = h('input', { type: 'file', id: `file-${code}`, accept: ACCEPTED, class: 'file' });
  const label = h('label', { for: input.id, class: 'choose' });
  const bar = h('progress', { max: 100, hidden: true });
  const said = h('p', { class: 'hint', role: 'status' });
  const fault = h('p', { class: 'fault', role: 'alert', id: `fault-${code}` });
  const element = h('li', { class: 'supply' }, head, input, label, bar, said, fault);
  let name = '';
  let locale: Locale = 'ZH';
  let state: RowState = null;

  function draw(): void {
    const words = pageWords.of(locale).supply;
    label.textContent = words.choose;
    input.setAttribute('aria-label', fill(words.chooseFor, { document: name }));
    bar.setAttribute('aria-label', fill(words.progressOf, { document: name }));
    const percent = state?.kind === 'SENDING' ? Math.round(state.fraction * 100) : null;
    bar.hidden = percent === null;
    bar.value = percent ?? 0;
    input.disabled = isBusy();
    said.textContent = stepText();
    fault.textContent = faultText();
    if (fault.textContent === '') input.removeAttribute('aria-describedby');
    else input.setAttribute('aria-describedby', fault.id);
  }

  function stepText(): string {
    const words = pageWords.of(locale).supply;
    switch (state?.kind) {
      case 'PREPARING':
        return words.preparing;
      case 'SENDING':
        // Announced by tens only: a screen reader would read each per cent.
        return fill(words.sending, { percent: Math.floor(state.fraction * 10) * 10 });
      case 'WAITING':
        return words.waiting;
      case 'CHECKING':
        return words.checking;
      default:
        return '';
    }
  }

  function faultText(): string {
    const words = pageWords.of(locale).supply;
    switch (state?.kind) {
      case 'UNREADABLE':
        return words.unreadable;
      case 'TOO_LARGE':
        return words.tooLarge;
      case 'REFUSED':
        return words.refused;
      case 'FAILED':
        return words.failed;
      default:
        return '';
    }
  }

  function isBusy(): boolean {
    return state !== null && ['PREPARING', 'SENDING', 'WAITING', 'CHECKING'].includes(state.kind);
  }

  function become(next: RowState): void {
    state = next;
    draw();
  }

  async function supply(file: File): Promise<void> {
    become({ kind: 'PREPARING' });
    await untilLoaded(loadedUploads);
    const { supplyFile } = await loadUploads();
    if (signal.aborted) return;
    const result = await supplyFile({ token, caseId, document: code, file, locale, signal, onStep: become });
    if (signal.aborted) return;
    input.value = '';
    if (result.kind === 'ENDED') return onEnded();
    become(result.kind === 'SUPPLIED' ? null : result);
    if (result.kind === 'SUPPLIED') onSupplied(name);
    else input.focus();
  }

  /** Returns whether the uploads' code is there. Without a network it comes later, by itself. */
  async function loadedUploads(): Promise<boolean> {
    try {
      await loadUploads();
      return true;
    } catch {
      if (!signal.aborted) become({ kind: 'WAITING' });
      return signal.aborted;
    }
  }

  input.addEventListener('click', () => void loadUploads().catch(() => undefined), { once: true });
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (file && !isBusy()) void supply(file);
  });
  return {
    element,
    input,
    isBusy,
    show(document, wanted, parts) {
      name = document.name;
      locale = wanted;
      head.replaceChildren(...parts);
      draw();
    },
  };
}
