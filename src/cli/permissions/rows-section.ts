import { formOf } from '../../domain/access/decision.ts';
import { type FieldGroup, GUARDED } from '../../domain/access/fields.ts';
import { PURPOSES } from '../../domain/access/purpose.ts';
import { RELATIONS, type RowKind } from '../../domain/access/relation.ts';
import type { Form } from '../../domain/access/table.ts';
import type { ViewerKind } from '../../domain/viewer.ts';

/** The relations' meanings, in the words of `src/domain/access/relation.ts`. */
const MEANINGS = {
  case: `\`OWN\`: its applicant, or who holds its receipt and secret. Of officers of the zone that answers for it, once it is handed in:
\`HANDLING\`, of the agency that has it in hand (that decides, while it waits for none); \`ASKED\`, of the one that took it in and of those
asked for their opinion; \`ZONE\`, of the others. \`EMPLOYER\`: a clerk of the enterprise, where the route needs its recommendation.`,
  enterprise: `\`OWN\`: its clerk. Once its registration is confirmed, \`HOME\`: an officer of its home zone; \`HOST\`: an officer of a zone
in whose park it stays today by admission, who sees the reports that count for that park.`,
  register: `\`OWN\`: the enterprise's clerk. \`PARTY\`: an officer of a zone that takes part in the admission, move, challenge or event.
\`ADMIN\`: any admin.`,
  agreement: `\`PARTY\`: an officer of a zone that is a party. \`GRANTED\`: such a zone's system, for a purpose that the agreement grants.`,
  relocation: `\`OWN\`: the enterprise's clerk. \`PARTY\`: an officer of either zone. \`GRANTED\`: such a zone's system, for a purpose that
the agreement grants which it rests on, while that is in force.`,
  caseType: `\`DECIDING\`: an officer of the agency that decides its cases, of any zone. \`ADMIN\`: any admin.`,
  park: `\`ZONE\`: an officer of its zone. \`VISITOR\` and \`ADMIN\`: any clerk, any admin.`,
  worklist: `\`AGENCY\`: an officer of the agency and zone whose list it is, or is in.`,
  developerAccount: '`OWN`: a system of the zone.',
} as const satisfies Record<RowKind, string>;

const KINDS = Object.keys(PURPOSES) as ViewerKind[];
const ROWS = Object.keys(RELATIONS) as RowKind[];
const GROUPS = Object.keys(GUARDED) as FieldGroup[];

/** Prints the section on rows: which fields each relation sees, from `src/domain/access/table.ts`. */
export function rowsSection(): string {
  return `## What is shown of a row

Of what may be asked for, the subgraph that owns a row shows what follows from how the viewer stands to it, by whatever way it was
come to: by id, in a list, as a node, as another subgraph's reference, in a mutation's payload. To whom a case is none, it is as
one that doesn't exist; lists are read by keys that hold only what their viewer may see. What is masked is named, by
schema coordinates, in the answer's \`extensions.masked\`. A partner declares its purpose in the header \`bridgehead-purpose\`; what
no agreement of its zone grants for it is \`PURPOSE_NOT_GRANTED\`. \`LOOK\` is every question without a purpose; of a person, purposes
open whole values by \`revealField\`, and files by \`openDocument\`, only. Whoever isn't named in a row sees null there. <!-- repository -->A second reading of these rules, in Cedar
(\`test/cedar/access.cedar\`), is held against them on random questions: \`npm run cedar\`.<!-- /repository -->

${ROWS.map(rowSection).join('\n')}`;
}

function rowSection(row: RowKind): string {
  return `### ${row}

${MEANINGS[row]}

| fields | shown to |
| --- | --- |
${GROUPS.filter((group) => GUARDED[group].row === row)
  .map((group) => `| ${coordinatesOf(group)} | ${shownTo(group, row)} |`)
  .join('\n')}
`;
}

function coordinatesOf(group: FieldGroup): string {
  const ofType = Map.groupBy(GUARDED[group].fields, (field) => field.slice(0, field.indexOf('.')));
  return Array.from(
    ofType,
    ([type, fields]) => `\`${type}\`: ${fields.map((field) => field.slice(type.length + 1)).join(', ')}`,
  ).join('; ');
}

function shownTo(group: FieldGroup, row: RowKind): string {
  const cells = KINDS.flatMap((kind) =>
    RELATIONS[row][kind].flatMap((relation) => {
      const shown = formsFor(group, kind, relation);
      return shown === null ? [] : [`${kind} \`${relation}\`: ${shown}`];
    }),
  );
  return cells.length === 0 ? 'nobody' : cells.join('<br>');
}

/** Returns null if the group is hidden for every purpose. */
function formsFor(group: FieldGroup, kind: ViewerKind, relation: string): string | null {
  const byForm = Map.groupBy(PURPOSES[kind], (purpose): Form => formOf(kind, group, relation, purpose));
  const forms = [...byForm].filter(([form]) => form !== 'HIDDEN');
  if (forms.length === 0) return null;
  if (byForm.size === 1) return forms.map(([form]) => form.toLowerCase()).join('');
  return forms.map(([form, purposes]) => `${form.toLowerCase()} (${purposes.join(', ')})`).join('; ');
}
