/** A refusal of a mutation, as the gateway tells it: its message is English, for developers. */
export interface Refusal {
  readonly code: string;
  readonly field: readonly string[] | null;
  readonly message: string;
}

/** The words for refusals in one language: by code, or by code and field, e.g. `INVALID label`. */
export type RefusalWords = Readonly<Record<string, string>>;

/** Returns the words for a refusal: those of its field where there are some; undefined where there are none. */
export function wordsForRefusal({ code, field }: Refusal, words: RefusalWords): string | undefined {
  const path = (field ?? []).filter((part) => !/^\d+$/.test(part)).join('.');
  return words[`${code} ${path}`] ?? words[code];
}
