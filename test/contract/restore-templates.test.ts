import { LOGICAL_ID_OF_TABLE, nextGeneration } from '../../src/cli/recovery/generation.ts';
import { detachedTemplate, importingTemplate } from '../../src/cli/recovery/stack-templates.ts';
import { parseTemplate, type Template } from '../../src/cli/stack/template.ts';
import { STORES } from '../../src/config.ts';
import { TABLES } from '../../src/storage/tables.ts';
import { compileTemplate } from './compile-template.ts';

/** The templates by which a stack is switched to restored tables. */

const tables = new Map(
  STORES.map((store) => {
    const name = `stack-${store}-g2`;
    const arn = `arn:aws-cn:dynamodb:cn-north-1:1:table/${name}`;
    return [
      LOGICAL_ID_OF_TABLE[store],
      { name, arn, streamArn: TABLES[store].hasStream ? `${arn}/stream/1` : undefined },
    ];
  }),
);
const ids = [...tables.keys()];

let template: Template;
beforeAll(async () => {
  template = parseTemplate((await compileTemplate()).text);
});

test('names the next generation of a table', () => {
  expect(['t', 't-g2', 't-g19', 't-g2-x'].map(nextGeneration)).toEqual(['t-g2', 't-g3', 't-g20', 't-g2-x-g2']);
});

test('the switch refers to no table of the stack, and leaves all else as it is', () => {
  const detached = detachedTemplate(template, tables);
  expect(Object.keys(detached.Resources).map((id) => id.replace(/Restored$/, ''))).toEqual(
    Object.keys(template.Resources).filter((id) => !ids.includes(id)),
  );
  const text = JSON.stringify({ ...detached, Metadata: null });
  // As a reference, in a list of an attribute, and inside a text.
  expect(text.match(new RegExp(`"(${ids.join('|')})"|\\$\\{(${ids.join('|')})\\b`, 'g'))).toBeNull();
  expect(detached.Resources.TalentRole).not.toEqual(template.Resources.TalentRole);
  expect(detached.Resources.AccessLogBucket).toEqual(template.Resources.AccessLogBucket);
});

test('functions publish their versions anew, and no alias is shifted by and by', () => {
  const { Resources } = detachedTemplate(template, tables);
  const ofType = (type: string) => Object.entries(Resources).filter(([, { Type }]) => Type === type);
  const versions = ofType('AWS::Lambda::Version').map(([id]) => id);
  expect(versions.every((id) => id.endsWith('Restored') && !(id in template.Resources))).toBe(true);
  const shown = ofType('AWS::Lambda::Alias').map(([, alias]) => [
    alias.UpdatePolicy,
    (alias.Properties as { FunctionVersion: { 'Fn::GetAtt': [string, string] } }).FunctionVersion['Fn::GetAtt'][0],
  ]);
  expect(shown.map(([, version]) => version).toSorted()).toEqual(versions.toSorted());
  expect(shown.every(([shift]) => shift === undefined)).toBe(true);
  // Without a change of the function Lambda publishes nothing.
  expect(Resources.TalentLambdaFunction).toMatchObject({ Properties: { Description: expect.any(String) } });
  expect(template.Resources.TalentLambdaFunction?.Properties).not.toHaveProperty('Description');
});

test('functions, outputs and mappings work on the restored tables', () => {
  const { Resources, Outputs } = detachedTemplate(template, tables);
  expect(Resources.TalentLambdaFunction).toMatchObject({
    Properties: {
      Environment: { Variables: { TALENT_TABLE: 'stack-talent-g2', PERSON_KEYS_TABLE: 'stack-personKeys-g2' } },
    },
  });
  expect(Outputs).toMatchObject({ TalentTableName: { Value: 'stack-talent-g2' } });
  const mappings = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Lambda::EventSourceMapping');
  const sources = mappings.map(({ Properties }) => (Properties as { EventSourceArn: unknown }).EventSourceArn);
  expect(sources.length).toBeGreaterThan(5);
  for (const source of sources) expect(source).toMatch(/-g2\/stream\/1$/);
});

test('the import adds the tables as the stack had them, and nothing else', () => {
  const detached = detachedTemplate(template, tables);
  const { Resources, ...rest } = importingTemplate(template, tables);
  const added = Object.entries(Resources).filter(([id]) => !(id in detached.Resources));
  expect(added).toEqual(Object.entries(template.Resources).filter(([id]) => ids.includes(id)));
  for (const [, table] of added) expect(table).toMatchObject({ DeletionPolicy: 'Retain' });
  expect({
    ...rest,
    Resources: Object.fromEntries(Object.entries(Resources).filter(([id]) => !ids.includes(id))),
  }).toEqual(detached);
});
