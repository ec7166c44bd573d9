import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { readExamples } from '../../../src/pages/read-examples.ts';

const directory = mkdtempSync(join(tmpdir(), 'operations-'));
afterAll(() => rmSync(directory, { recursive: true }));

test("examples are the authors' trusted documents with their variables", async () => {
  const body = 'query Rates { park { __typename name } }';
  const operations = [
    { id: 'a', name: 'Rates', type: 'query', body },
    { id: 'b', name: 'Report', type: 'mutation', body: 'mutation Report { report }' },
    { id: 'd', name: 'Mine', type: 'query', body: 'query Mine($of: ID!) { park(of: $of) { name } }' },
    { id: 'c', name: 'Retired', type: 'query', body: 'query Retired { park { name } }' },
  ];
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ operations }));
  for (const group of ['partner', 'analyst']) mkdirSync(join(directory, group));
  writeFileSync(join(directory, 'partner/Report.graphql'), 'mutation Report { report }');
  writeFileSync(join(directory, 'analyst/Rates.graphql'), '# of a day\nquery Rates { park { name } }\n');
  writeFileSync(join(directory, 'analyst/Rates.variables.json'), '{ "on": "2020-03-16" }');
  writeFileSync(join(directory, 'analyst/Mine.graphql'), 'query Mine($of: ID!) { park(of: $of) { name } }');
  writeFileSync(join(directory, 'analyst/Untrusted.graphql'), 'query Untrusted { parks { name } }');
  expect(await readExamples(directory)).toEqual([
    {
      name: 'Rates',
      group: 'analyst',
      type: 'query',
      text: '# of a day\nquery Rates { park { name } }\n',
      variables: '{\n  "on": "2020-03-16"\n}',
    },
    { name: 'Report', group: 'partner', type: 'mutation', text: 'mutation Report { report }', variables: '{}' },
  ]);
});

test('a mutation without variables of its author has them in the required form', async () => {
  const schema = buildSchema(`
    enum Kind { A B }
    input Part { name: String! note: String count: Int! }
    input ReportInput { idempotencyKey: String! kind: Kind! parts: [Part!]! days: Int! = 3 }
    type Query { a: Int }
    type Mutation { report(input: ReportInput!): Int }
  `);
  const body = 'mutation Report($input: ReportInput!) { report(input: $input) }';
  const operations = [{ id: 'b', name: 'Report', type: 'mutation', body }];
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ operations }));
  const [{ variables } = { variables: '' }] = await readExamples(directory, schema);
  expect(JSON.parse(variables)).toEqual({
    input: { idempotencyKey: '', kind: 'A', parts: [{ name: '', count: 1 }] },
  });
});
