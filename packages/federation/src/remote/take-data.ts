import type { Rec } from '../executor/record.ts';
import type { OperationShape } from './operation-shape.ts';
import { takeFields } from './take-value.ts';
import { type Path, type Problem, Walk } from './walk.ts';

export interface Taken {
  readonly data: Rec;
  /** Values that are null now though the subgraph didn't say so, or didn't say why. */
  readonly problems: readonly Problem[];
  readonly problemsLeftOut: number;
  /** Why nothing of the data can be used. */
  readonly unusable: string | undefined;
}

/**
 * Copies what an operation asks for out of JSON of any kind, each value checked against its type. Objects of the copy
 * inherit nothing; nothing of the source is shared but strings.
 * @param errorPaths where the subgraph itself reported errors: a null there needs no other
 */
export function takeData(
  source: Rec,
  { type, root }: OperationShape,
  variables: Readonly<Record<string, unknown>>,
  errorPaths: readonly Path[],
): Taken {
  const walk = new Walk(variables, errorPaths);
  const data = takeFields(walk, source, root.of(type), undefined);
  const { problems, problemsLeftOut, unusable } = walk;
  return { data, problems, problemsLeftOut, unusable };
}
