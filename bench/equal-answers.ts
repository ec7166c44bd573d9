/** Throws unless all answers hold the same data and no errors; the order of an object's fields is part of none. */
export function checkEqual(operation: string, answers: ReadonlyMap<string, string>): void {
  compare(operation, answers, sorted);
}

/** Throws unless all answers have the same members and no errors. Values and the lengths of lists may differ. */
export function checkAlike(operation: string, answers: ReadonlyMap<string, string>): void {
  compare(operation, answers, (data) => [...membersOf(data)].toSorted());
}

function compare(operation: string, answers: ReadonlyMap<string, string>, seenIn: (data: unknown) => unknown): void {
  const seen = [...answers].map(([name, text]): [string, string] => {
    const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: unknown };
    if (!data || errors) throw new Error(`${name} answers ${operation} with ${text.slice(0, 500)}`);
    return [name, JSON.stringify(seenIn(data))];
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

function membersOf(value: unknown, path = ''): Set<string> {
  if (Array.isArray(value)) return new Set(value.flatMap((each) => [...membersOf(each, `${path}[]`)]));
  if (value === null || typeof value !== 'object') return new Set([path]);
  return new Set(Object.entries(value).flatMap(([name, inner]) => [...membersOf(inner, `${path}.${name}`)]));
}
