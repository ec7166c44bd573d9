import fc from 'fast-check';
import { MUTATIONS, WRITES } from '../../src/domain/access/write-table.ts';
import { OFFICER_ROLES, type OfficerRole } from '../../src/domain/viewer.ts';
import { mayByCedar, mayByTable, questionsOf } from '../cedar/write-decision.ts';

const SEED = 20200316;

/** Some questions of each mutation, with what Cedar says. */
const ASKED = MUTATIONS.map((mutation) => ({
  mutation,
  asked: fc.sample(questionsOf(mutation), { seed: SEED, numRuns: 180 }).map((question) => ({
    question,
    permitted: mayByCedar(question),
  })),
}));

const differs = ({ asked }: (typeof ASKED)[number]) =>
  asked.some(({ question, permitted }) => mayByTable(question) !== permitted);

test('a second reading of the rules, in Cedar, agrees with the table of writes', () => {
  expect(ASKED.filter(differs).map(({ mutation }) => mutation)).toEqual([]);
  // The questions are such that each mutation is allowed and refused.
  for (const { mutation, asked } of ASKED) {
    expect([mutation, new Set(asked.map(({ permitted }) => permitted)).size]).toEqual([mutation, 2]);
  }
});

type Cell = boolean | readonly OfficerRole[];

/** The cell with one decision changed. */
function changed(cell: Cell): Cell {
  if (typeof cell === 'boolean') return !cell;
  return cell.length > 0 ? cell.slice(1) : OFFICER_ROLES;
}

test('with any one cell of the table changed, Cedar disagrees', () => {
  const unnoticed: string[] = [];
  const table = WRITES as unknown as Record<string, { row: string; may: Record<string, Record<string, Cell>> }>;
  for (const each of ASKED) {
    const rule = table[each.mutation];
    if (!rule) throw new Error(`${each.mutation} has no row`);
    for (const [kind, cells] of Object.entries(rule.may)) {
      for (const [relation, cell] of Object.entries(cells)) {
        const may = { ...rule.may, [kind]: { ...cells, [relation]: changed(cell) } };
        table[each.mutation] = { ...rule, may };
        if (!differs(each)) unnoticed.push(`${each.mutation}: ${kind} ${relation}`);
      }
    }
    table[each.mutation] = rule;
  }
  expect(unnoticed).toEqual([]);
  expect(ASKED.some(differs)).toBe(false);
});
