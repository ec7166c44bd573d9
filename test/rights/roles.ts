/** The functions' roles, made of what tests have recorded and what a person has written down: `infra/roles.yml`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { masterKeyIdOf, readZones } from '../../src/cli/stack/master-keys.ts';
import { roleIdOf } from './committed-roles.ts';
import { type Statement, statement } from './iam.ts';
import type { RecordedRight } from './recorded.ts';

const INFRA = join(import.meta.dirname, '../../infra');
const WRITTEN_FILE = join(INFRA, 'rights.yml');

/** Stands for the master key of each zone. */
const MASTER_KEYS = z
  .strictObject({ zones: z.literal('masterKeys') })
  .transform(() =>
    readZones().map((zone): Record<string, unknown> => ({ 'Fn::GetAtt': [masterKeyIdOf(zone), 'Arn'] })),
  );
const resource = z.union([MASTER_KEYS, z.record(z.string(), z.unknown()), z.array(z.record(z.string(), z.unknown()))]);

const writtenRights = z.strictObject({
  /** Tables of which the function reads partitions that clients name: these reads are bound to no partition. */
  readsWhatClientsName: z.strictObject({ tables: z.array(z.string()), because: z.string().min(20) }).optional(),
  /** Functions whose recorded rights this one has too, on some tables. */
  includes: z
    .strictObject({ functions: z.array(z.string()), tables: z.array(z.string()), because: z.string().min(20) })
    .optional(),
  allow: z
    .array(
      z.strictObject({
        actions: z.array(z.string().regex(/^[a-z0-9]+:[A-Z]\w+$/)),
        on: resource,
        condition: z.record(z.string(), z.unknown()).optional(),
        because: z.string().min(20),
      }),
    )
    .default([]),
});
export type WrittenRights = Readonly<Record<string, z.infer<typeof writtenRights>>>;

export function readWritten(): WrittenRights {
  const { functions } = z
    .object({ functions: z.record(z.string(), writtenRights) })
    .parse(parse(readFileSync(WRITTEN_FILE, 'utf8'), { merge: true }));
  return functions;
}

const logGroupOf = (name: string) => roleIdOf(name).replace(/Role$/, 'LogGroup');

const READS: readonly string[] = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];

/** Everything that a function may do, in the order in which a reader looks for it. */
export function statementsOf(name: string, recorded: readonly RecordedRight[], written: WrittenRights): Statement[] {
  const { readsWhatClientsName, includes, allow } = written[name] ?? { allow: [] };
  const own = recorded.filter((right) => right.function === name);
  const included = recorded.filter(
    (right) => includes?.functions.includes(right.function) && includes.tables.includes(right.table),
  );
  const rights = [...own, ...included].map((right) => {
    const isFree = READS.includes(right.action) && readsWhatClientsName?.tables.includes(right.table);
    return isFree ? { ...right, partition: '*' } : right;
  });
  return [
    allowing(['logs:CreateLogStream', 'logs:PutLogEvents'], { 'Fn::GetAtt': [logGroupOf(name), 'Arn'] }),
    ...ofTables(rights),
    ...allow.map(({ actions, on, condition }) => allowing(actions, on, condition)),
  ];
}

function allowing(actions: readonly string[], on: unknown, condition?: object): Statement {
  const made = { Effect: 'Allow', Action: actions, Resource: on, ...(condition ? { Condition: condition } : {}) };
  return statement.parse(made);
}

/** One statement for each set of partitions and what is bound with it: a call must be allowed by one statement whole. */
function ofTables(rights: readonly RecordedRight[]): Statement[] {
  const byAction = Map.groupBy(rights, ({ table, index, action, partition, attributes }) =>
    JSON.stringify([table, index, action, attributes ? partition : null]),
  );
  const bound = [...byAction.values()].map((same) => {
    const [{ table, index, action }] = same as [RecordedRight, ...RecordedRight[]];
    const partitions = [...new Set(same.map(({ partition }) => partition))].sort();
    const attributes = [...new Set(same.flatMap(({ attributes: named = [] }) => named))].sort();
    const returned = [...new Set(['NONE', ...same.flatMap(({ returnValues = [] }) => returnValues)])].sort();
    const condition = {
      ...(partitions.includes('*') ? {} : { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions } }),
      ...(attributes.length === 0
        ? {}
        : {
            'ForAllValues:StringEquals': { 'dynamodb:Attributes': attributes },
            ...(action === 'dynamodb:GetItem'
              ? { StringEquals: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' } }
              : { StringEqualsIfExists: { 'dynamodb:ReturnValues': returned } }),
          }),
    };
    return { table, index, action, condition };
  });
  const together = Map.groupBy(bound, ({ table, index, condition }) => JSON.stringify([table, index, condition]));
  return [...together]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, same]) => {
      const [{ table, index, condition }] = same as [(typeof same)[0], ...typeof same];
      const on = index === null ? { 'Fn::GetAtt': [table, 'Arn'] } : { 'Fn::Sub': `\${${table}.Arn}/index/${index}` };
      const actions = same.map(({ action }) => action).sort();
      return allowing(actions, on, Object.keys(condition).length > 0 ? condition : undefined);
    });
}

/** The text of `infra/roles.yml`. */
export function rolesText(
  functions: readonly string[],
  recorded: readonly RecordedRight[],
  written: WrittenRights,
): string {
  const Resources = Object.fromEntries(
    functions.map((name) => [roleIdOf(name), roleOf(name, statementsOf(name, recorded, written))]),
  );
  const head =
    '# Written by `npm run rights` from infra/recorded-rights.json, which tests record, and infra/rights.yml: change those.\n';
  return head + stringify({ Resources }, { lineWidth: 120, aliasDuplicateObjects: false });
}

function roleOf(name: string, statements: readonly Statement[]): object {
  const short = (list: readonly unknown[]) => (list.length === 1 ? list[0] : list);
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
      Policies: [
        {
          PolicyName: name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: statements.map(({ Effect, Action, Resource, Condition }) => ({
              Effect,
              Action: short(Action),
              Resource: short(Resource),
              ...(Condition ? { Condition } : {}),
            })),
          },
        },
      ],
    },
  };
}
