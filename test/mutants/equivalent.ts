import type { Mutant } from './mutate.ts';

/** Mutants that no test can notice. `line` is the mutated line as the source has it, without indentation. */
interface Equivalent extends Pick<Mutant, 'file' | 'from' | 'to'> {
  readonly line: string;
  readonly reason: string;
}

export const EQUIVALENT: readonly Equivalent[] = [];

export function isEquivalent(mutant: Mutant, source: string): boolean {
  const line = source.split('\n')[mutant.line - 1]?.trim();
  return EQUIVALENT.some(
    ({ file, from, to, line: known }) =>
      file === mutant.file && from === mutant.from && to === mutant.to && known === line,
  );
}
