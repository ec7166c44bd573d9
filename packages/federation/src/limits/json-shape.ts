export interface JsonShape {
  /** Containers within containers; 0 for a value that is none. */
  readonly depth: number;
  /** Values of any kind, containers among them. */
  readonly values: number;
}

/** Measures plain JSON without recursion, so that depth can't exhaust the stack. */
export function jsonShape(json: unknown): JsonShape {
  let [depth, values] = [0, 0];
  let level: unknown[] = [json];
  while (level.length > 0) {
    values += level.length;
    const containers = level.filter((value): value is object => typeof value === 'object' && value !== null);
    if (containers.length > 0) depth++;
    level = containers.flatMap((container): unknown[] => Object.values(container));
  }
  return { depth, values };
}
