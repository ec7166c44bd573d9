/** Throws unless all answers hold the same data and no errors; the order of an object's fields is part of none. */
export function checkEqual(operation: string, answers: ReadonlyMap<string, string>): void {
  const seen = [...answers].map(([name, text]): [string, string] => {
    const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: unknown };
    if (!data || errors) throw new Error(`${name} answers ${operation} with ${text.slice(0, 500)}`);
    return [name, JSON.stringify(sorted(data))];
  });
  const different = seen.find(([, text]) => text !== seen[0]?.[1]);
  if (different) throw new Error(`${different[0]} and ${seen[0]?.[0]} answer ${operation} differently.`);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
