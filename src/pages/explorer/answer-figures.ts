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
