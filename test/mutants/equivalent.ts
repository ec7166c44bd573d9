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
  {
    file: 'packages/federation/src/executor/fetch.ts',
    line: 'this.#document = parse(node.operation, { noLocation: true });',
    from: 'true',
    to: 'false',
    reason: 'locations take memory, and nothing reads them',
  },
  {
    file: 'packages/federation/src/executor/record.ts',
    line: 'if (fields.length > MAX_WRITTEN_FIELDS) return general;',
    from: '>',
    to: '>=',
    reason: 'written code does the same as the general function',
  },
  {
    file: 'src/domain/calendar/deadline.ts',
    line: 'for (const { from, to } of known.sort((a, b) => (a.from < b.from ? -1 : 1))) {',
    from: '<',
    to: '<=',
    reason: 'pauses from one day on become one, in either order',
  },
  {
    file: 'src/domain/linkages/ledger/verify.ts',
    line: "const decision = addEntry(signed, { ledger, head, account: accounts.get(id ?? '') ?? null });",
    from: " ?? ''",
    to: '',
    reason: 'no account has either name',
  },
  {
    file: 'src/domain/register/admission-steps.ts',
    line: 'zoneIds: [enterprise.homeZoneId, ...(park ? [park.zoneId] : [])],',
    from: 'park',
    to: 'true',
    reason: 'a command of admissions without a park is refused before',
  },
  {
    file: 'src/domain/calendar/calendar.ts',
    line: 'return { year, place: (BEFORE_MONTH[month - 1] ?? 0) + leapDay + Number(day.slice(8, 10)) - 1 };',
    from: ' ?? 0',
    to: '',
    reason: 'the months of a day are 1 to 12',
  },
  {
    file: 'src/domain/calendar/calendar.ts',
    line: 'return indexedYear(calendar, year).workedBefore[place] ?? 0;',
    from: ' ?? 0',
    to: '',
    reason: 'a day of a year has its place in the year',
  },
  {
    file: 'src/domain/calendar/calendar.ts',
    line: "return index.days[index.worked[rank] ?? 0] ?? '';",
    from: ' ?? 0',
    to: '',
    reason: 'the loops before leave a rank of a working day of the year',
  },
  {
    file: 'src/domain/calendar/calendar.ts',
    line: "return index.days[index.worked[rank] ?? 0] ?? '';",
    from: " ?? ''",
    to: '',
    reason: 'the place of a working day is a day of the year',
  },
];

export function isEquivalent(mutant: Mutant, source: string): boolean {
  const line = source.split('\n')[mutant.line - 1]?.trim();
  return EQUIVALENT.some(
    ({ file, from, to, line: known }) =>
      file === mutant.file && from === mutant.from && to === mutant.to && known === line,
  );
}
