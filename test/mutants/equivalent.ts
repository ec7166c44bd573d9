import type { Mutant } from './mutate.ts';

/** Mutants that no test can notice. `line` is the mutated line as the source has it, without indentation. */
interface Equivalent extends Pick<Mutant, 'file' | 'from' | 'to'> {
  readonly line: string;
  readonly reason: string;
}

export const EQUIVALENT: readonly Equivalent[] = [
  {
    file: 'src/domain/cases/preconditions.ts',
    line: "const until = course.state === 'DRAFT' ? (window?.closesOn ?? null) : course.supplementUntil;",
    from: ' ?? null',
    to: '',
    reason: 'no day comes after undefined: the next line refuses as for null',
  },
  {
    file: 'packages/federation/src/executor/layout.ts',
    line: 'if (position.writers > 1 || isRenamed) position.isShared = true;',
    from: '>',
    to: '>=',
    reason: 'a position that one writer fills is copied needlessly: the answer is the same',
  },
  {
    file: 'packages/federation/src/executor/type-conditions.ts',
    line: 'for (const { name } of definition.interfaces ?? []) of(name.value).add(definition.name.value);',
    from: ' ?? []',
    to: '',
    reason: 'parsed definitions always have a list, which may be empty',
  },
];

export function isEquivalent(mutant: Mutant, source: string): boolean {
  const line = source.split('\n')[mutant.line - 1]?.trim();
  return EQUIVALENT.some(
    ({ file, from, to, line: known }) =>
      file === mutant.file && from === mutant.from && to === mutant.to && known === line,
  );
}
