import { WRITE_RELATIONS, type WriteRow } from '../../domain/access/write-relation.ts';
import { MUTATIONS, type MutationName, WRITES } from '../../domain/access/write-table.ts';
import type { OfficerRole, ViewerKind } from '../../domain/viewer.ts';

/** The rows whose relations `rowsSection` doesn't explain, in the words of `src/domain/access/write-relation.ts`. */
const MEANINGS = {
  case: null,
  caseType: null,
  enterprise: null,
  park: null,
  record:
    '`ZONE`: an officer of the zone that answers for the record, or of a party of an agreement. `ADMIN`: any admin.',
  registration:
    "`OWN`: the enterprise's clerk. `HOME`, `OTHER`: an officer of its home zone, and of any other. `ADMIN`: any admin.",
  admission: "`OWN`: the enterprise's clerk. `HOST`: an officer of the zone of the park. `ADMIN`: any admin.",
  move: "`OWN`: the enterprise's clerk. `FROM`, `TO`: an officer of the old home, and of the receiving zone. `ADMIN`: any admin.",
  succession: '`PARTY`: a clerk of one of the enterprises, or an officer of the home zone of one. `ADMIN`: any admin.',
  offer:
    '`OWN`: the clerk of the enterprise that publishes it. `ZONE`: an officer of the zone that does. `ADMIN`: any admin.',
  ledger: '`PARTY`: an officer, or the system, of a zone that is a party of the agreement.',
  unit: '`OWN`: the clerk of the enterprise that is the unit. `ADMIN`: any admin.',
  apiKey:
    "`SIGNED_IN`: the zone's system, by a token of its issuer. `ITSELF`: the API key that the caller is identified by.",
  webhookEndpoint: '`OWN`: a system of the zone.',
  question:
    '`OWN`: the caller who saved it. `ZONE`: an officer of the zone that has published it. `PUBLIC`: any admin, for a public one.',
  self: '`SELF`: the caller, for themselves.',
  opinion:
    '`ASKED`: an officer of the zone that answers for the case, of an agency whose opinion it needs. `NOT_ASKED`: of another agency.',
  claim:
    '`OWN`, `COLLEAGUE`, `FREE`: an officer of the agency and zone in whose list the case is, by who has claimed it: they, a colleague, nobody.',
} as const satisfies Record<WriteRow, string | null>;

const ROWS = Object.keys(WRITE_RELATIONS) as WriteRow[];

/** Returns the table of writes, as `src/domain/access/write-table.ts` has it. */
export function writesSection(): string {
  return `## What may be written

Each mutation names a policy, which asks for the caller's kind and an officer's role. The subgraph that owns the row asks the table
below twice: before the mutation starts, whether its caller may do it at all, and with the relation to the row that it has loaded.
Whoever isn't named is refused: an officer by another role, or of another relation, too. Where several roles are named, one is
enough. A mutation that is allowed may still be refused, by the state of its row or by its input. <!-- repository -->A second reading, in Cedar
(\`test/cedar/writes.cedar\`), is held against it: \`npm run cedar\`. \`npm run crawl-writes\` tries every mutation as everybody.<!-- /repository -->

${ROWS.map(rowSection).join('\n')}`;
}

function rowSection(row: WriteRow): string {
  const meaning = MEANINGS[row];
  return `### Writes by ${row}

${meaning === null ? '' : `${meaning}\n\n`}| mutation | allowed to |
| --- | --- |
${MUTATIONS.filter((mutation) => WRITES[mutation].row === row)
  .map((mutation) => `| \`${mutation}\` | ${allowedTo(mutation)} |`)
  .join('\n')}
`;
}

function allowedTo(mutation: MutationName): string {
  const { may } = WRITES[mutation];
  const cells = (Object.keys(may) as ViewerKind[]).flatMap((kind) =>
    Object.entries<boolean | readonly OfficerRole[]>(may[kind]).flatMap(([relation, cell]) => {
      if (typeof cell === 'boolean') return cell ? [`${kind} \`${relation}\``] : [];
      return cell.length > 0 ? [`${kind} \`${relation}\`: ${cell.join(', ')}`] : [];
    }),
  );
  return cells.length === 0 ? 'nobody' : cells.join('<br>');
}
