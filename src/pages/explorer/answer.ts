/** The displayed part of a GraphQL error. */
export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string };
}

/** The displayed part of an answer: the data, or the reasons for their absence. */
export interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly AnswerError[];
}

/** Tells whether a value has the form of a GraphQL answer (specification §7.1). */
export function isAnswer(value: unknown): value is Answer {
  if (typeof value !== 'object' || value === null) return false;
  const errors = 'errors' in value ? value.errors : undefined;
  if (errors === undefined) return 'data' in value;
  return Array.isArray(errors) && errors.every((error) => typeof error?.message === 'string');
}

/** Parses the pane's text as an answer; undefined while there is none or it is something else. */
export function parseAnswer(text: string | null | undefined): Answer | undefined {
  if (!text) return undefined;
  try {
    const answer: unknown = JSON.parse(text);
    return isAnswer(answer) ? answer : undefined;
  } catch {
    return undefined;
  }
}
