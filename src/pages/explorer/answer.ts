/** The part of a GraphQL error that is shown. */
export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string };
}

/** An answer as the pane shows it: what came back, or why nothing did. */
export interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly AnswerError[];
}

/** Whether a value has the form of a GraphQL answer (specification §7.1). */
export function isAnswer(value: unknown): value is Answer {
  if (typeof value !== 'object' || value === null) return false;
  const errors = 'errors' in value ? value.errors : undefined;
  if (errors === undefined) return 'data' in value;
  return Array.isArray(errors) && errors.every((error) => typeof error?.message === 'string');
}

/** The pane's text as an answer; undefined while there is none, or while it is something else. */
export function parseAnswer(text: string | null | undefined): Answer | undefined {
  if (!text) return undefined;
  try {
    const answer: unknown = JSON.parse(text);
    return isAnswer(answer) ? answer : undefined;
  } catch {
    return undefined;
  }
}
