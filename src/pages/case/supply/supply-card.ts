import submitCaseId from 'virtual:document/SubmitCase';
import type { Locale } from '../../../domain/locale.ts';
import { askGateway } from '../../gateway/ask-gateway.ts';
import type { SubmitCaseMutation } from '../../uploads/generated/mutations.ts';
import type { CaseScreen } from '../case-screen.ts';
import { isWanted } from '../changes.ts';
import { h } from '../element.ts';
import { refusalText } from '../refusals.ts';
import { documentHead } from '../screen.ts';
import { fill, pageWords } from '../words.ts';
import { type AskedDocument, type DocumentRow, documentRow } from './document-row.ts';

/** The applicant's turn: the documents to supply, each with its upload, and the button that submits. */
export interface SupplyCard {
  readonly element: HTMLElement;
  show(screen: CaseScreen, locale: Locale): void;
  /** Aborts running uploads. */
  stop(): void;
}

interface CardOptions {
  readonly token: string;
  readonly caseId: string;
  /** Called after the case has changed; resolves once the changed case is shown. */
  readonly onChanged: () => Promise<void>;
  readonly onEnded: () => void;
}

export function supplyCard({ token, caseId, onChanged, onEnded }: CardOptions): SupplyCard {
  const aborter = new AbortController();
  const list = h('ul', { class: 'rows' });
  const photos = h('p', { class: 'hint' });
  const said = h('p', { class: 'hint', role: 'status' });
  const hint = h('p', { class: 'hint' });
  const fault = h('div', { class: 'fault', role: 'alert' });
  const button = h('button', { type: 'button', class: 'primary' });
  const element = h('div', { class: 'supplies' }, list, photos, said, hint, fault, button);
  const rows = new Map<string, DocumentRow>();
  let locale: Locale = 'ZH';
  /** The key of a submission whose answer was lost. */
  let key: string | null = null;
  let isSubmitting = false;

  function rowOf(code: string): DocumentRow {
    const known = rows.get(code);
    if (known) return known;
    const row = documentRow({ code, token, caseId, signal: aborter.signal, onEnded, onSupplied });
    rows.set(code, row);
    return row;
  }

  async function onSupplied(name: string): Promise<void> {
    said.textContent = fill(pageWords.of(locale).supply.supplied, { document: name });
    await onChanged();
    // The supplied document has left the list: the next one, or the button, is what comes now.
    const next = [...rows.values()].find((row) => row.element.isConnected && !row.isBusy());
    if (element.isConnected && document.activeElement === document.body) (next?.input ?? button).focus();
  }

  function sayFault(intro: string, reasons: readonly string[] = []): void {
    fault.replaceChildren(
      intro,
      ...(reasons.length > 0 ? [h('ul', {}, ...reasons.map((text) => h('li', {}, text)))] : []),
    );
  }

  async function submit(): Promise<void> {
    isSubmitting = true;
    sayFault('');
    draw();
    key ??= crypto.randomUUID();
    const variables = { input: { idempotencyKey: key, case: caseId }, locale };
    const answer = await askGateway<SubmitCaseMutation>({ documentId: submitCaseId, variables, token, locale });
    isSubmitting = false;
    if (aborter.signal.aborted) return;
    draw();
    if (answer.kind === 'ENDED' || answer.kind === 'NOT_ALLOWED') return onEnded();
    const payload = answer.kind === 'ANSWER' ? answer.data.submitCase : null;
    // The same key is tried again: what was done is done once.
    if (!payload) return sayFault(pageWords.of(locale).supply.submitFailed);
    key = null;
    if (payload.userErrors.length > 0) {
      return sayFault(
        pageWords.of(locale).supply.notYet,
        payload.userErrors.map((refusal) => refusalText(refusal, locale)),
      );
    }
    await onChanged();
    document.getElementById('state')?.focus();
  }

  function draw(): void {
    const words = pageWords.of(locale).supply;
    photos.textContent = list.childElementCount > 0 ? words.hint : '';
    hint.textContent = words.submitHint;
    button.textContent = isSubmitting ? words.submitting : words.submit;
    button.ariaDisabled = isSubmitting ? 'true' : null;
  }

  function show(screen: CaseScreen, wanted: Locale): void {
    if (wanted !== locale) {
      said.textContent = '';
      sayFault('');
    }
    locale = wanted;
    const asked = (screen.documents ?? []).filter(
      ({ code, status }) => isWanted(status) || rows.get(code)?.isBusy() === true,
    );
    const shown = asked.map((one: AskedDocument) => {
      const row = rowOf(one.code);
      row.show(one, wanted, documentHead(one));
      return row.element;
    });
    // Rows stay where they are: an element that is moved loses the focus.
    for (const old of [...list.children]) if (!shown.includes(old as HTMLLIElement)) old.remove();
    for (const [i, row] of shown.entries())
      if (list.children[i] !== row) list.insertBefore(row, list.children[i] ?? null);
    draw();
  }

  button.addEventListener('click', () => {
    if (!isSubmitting) void submit();
  });
  return { element, show, stop: () => aborter.abort() };
}
