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

/** A share in an answer: an object with a numerator and a denominator. */
export interface Figure {
  /** Its path in the answer, e.g. `park.resumption.production`. */
  readonly name: string;
  readonly numerator: string;
  readonly denominator: string;
  /** Its other fields: rates by the names that the query gave them, and a scope. */
  readonly details: readonly (readonly [name: string, value: string])[];
}

/** Returns the shares in an answer's `data` outside lists, in the order of the answer. */
export function answerFigures(data: unknown): Figure[] {
  const figures: Figure[] = [];
  const visit = (value: unknown, path: string[]) => {
    if (!isObject(value)) return;
    const { numerator, denominator, ...rest } = value;
    if (isAmount(numerator) && isAmount(denominator)) {
      const details = Object.entries(rest).flatMap(([key, detail]) =>
        key !== '__typename' && isAmount(detail) ? [[key, String(detail)] as const] : [],
      );
      figures.push({ name: path.join('.'), numerator: String(numerator), denominator: String(denominator), details });
      return;
    }
    for (const [key, field] of Object.entries(value)) visit(field, [...path, key]);
  };
  visit(data, []);
  return figures;
}

const isAmount = (value: unknown): value is number | string => typeof value === 'number' || typeof value === 'string';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
