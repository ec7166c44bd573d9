import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { alarmsText } from '../../src/cli/stack/alarms.ts';
import { WATCHED } from '../../src/cli/stack/watched.ts';
import { configure } from '../../src/config.ts';
import { notesOf } from '../../src/edge/apollo-plugin.ts';
import { openRequestLine } from '../../src/handlers/gateway/request-line.ts';
import { readService } from '../../src/local/service.ts';
import type { LogFields } from '../../src/log.ts';
import { type SecurityEvent, securityEvent } from '../../src/security-event.ts';
import { type Datapoint, isInAlarm, metricsOf } from '../alarms/cloudwatch.ts';
import { type CompiledTemplate, compileTemplate } from './compile-template.ts';

let template: CompiledTemplate;

beforeAll(async () => {
  configure({ stage: 'dev' });
  template = await compileTemplate();
});

const alarms = () => template.ofType('AWS::CloudWatch::Alarm');

test('infra/alarms.yml is what the table of watched values says', () => {
  expect(readFileSync('infra/alarms.yml', 'utf8')).toBe(alarmsText());
  expect(alarms().map(([id]) => id)).toEqual(WATCHED.map(({ id }) => `${id}Alarm`));
});

test('every alarm has a runbook, and every runbook an alarm', () => {
  const headings = readFileSync('docs/runbooks.md', 'utf8').matchAll(/^## (\w+)$/gm);
  expect([...headings].map(([, id]) => id)).toEqual(WATCHED.map(({ id }) => id));
  for (const { id } of WATCHED) {
    expect(template.resources[`${id}Alarm`]?.Properties.AlarmDescription).toContain(`docs/runbooks.md, ${id}`);
  }
});

test('every consumer of a stream and every schedule is watched', () => {
  const functions = readService('serverless.yml');
  const watched = (metric: string) =>
    WATCHED.flatMap(({ sources }) =>
      sources.flatMap(({ metric: name, dimensions }) =>
        name === metric ? [z.object({ Ref: z.string() }).parse(dimensions.FunctionName).Ref] : [],
      ),
    ).sort();
  const logicalIds = (of: typeof functions) =>
    of.map(({ name }) => `${name.charAt(0).toUpperCase()}${name.slice(1)}LambdaFunction`).sort();
  expect(watched('IteratorAge')).toEqual(logicalIds(functions.filter(({ streams }) => streams.length > 0)));
  expect(watched('Invocations')).toEqual(logicalIds(functions.filter(({ schedules }) => schedules.length > 0)));
});

test('an alarm notifies the topics, where any is named', () => {
  for (const [, { Properties }] of alarms()) {
    expect(Properties.AlarmActions).toEqual({
      'Fn::If': ['HasAlarmTopic', { 'Fn::Split': [',', ''] }, { Ref: 'AWS::NoValue' }],
    });
  }
});

/** Writes a line by the product's own code, and reads its metrics as CloudWatch does. */
function written(
  at: number,
  write: (log: Record<'info' | 'warn' | 'error', (m: string, f?: LogFields) => void>) => void,
) {
  const lines: LogFields[] = [];
  const note = (_: string, fields: LogFields = {}) => lines.push(fields);
  write({ info: note, warn: note, error: note });
  return lines.flatMap((line) => metricsOf(line, at));
}

const event = (of: SecurityEvent) => (at: number) => written(at, (log) => securityEvent(log, of));
const request =
  ({ status = 200, code = '', durationMs = 40 }) =>
  (at: number) =>
    written(at, (log) => {
      const line = openRequestLine(log, 'dev', `request-${at}`);
      line.facts.client = 'analyst';
      if (code) notesOf(`request-${at}`)?.codes.add(code);
      line.write({ status, durationMs });
      line.end();
    });

/** A metric that AWS itself writes. */
const aws =
  (namespace: string, metric: string, dimensions: Readonly<Record<string, unknown>>, value: number) =>
  (at: number): Datapoint[] => [{ namespace, metric, dimensions, at, value }];
const ofFunction = (name: string, metric: string, value: number) =>
  aws('AWS/Lambda', metric, { FunctionName: { Ref: `${name}LambdaFunction` } }, value);
const ofQueue = (metric: string, value: number) =>
  aws('AWS/SQS', metric, { QueueName: { 'Fn::GetAtt': ['StreamFailures', 'QueueName'] } }, value);
const ofTable = (table: string, metric: string, value: number) =>
  aws('AWS/DynamoDB', metric, { TableName: { Ref: `${table}Table` } }, value);
const ofApi = (metric: string, value: number) => aws('AWS/ApiGateway', metric, { ApiId: { Ref: 'HttpApi' } }, value);

const RUNS: readonly [name: string, everySeconds: number][] = [
  ['SweepOutbox', 60],
  ['AccessLogSeal', 120],
  ['Deadlines', 3_600],
  ['Moves', 3_600],
  ['Digests', 3_600],
  ['AccessLogUpkeep', 3_600],
  ['PublishStatistics', 86_400],
];
const DAYS = 4;
const LENGTH = DAYS * 86_400;
/** When faults begin: the end of a period of every alarm. */
const FAULT_AT = 2 * 86_400;

/** Repeats a metric from one second to another. */
function repeated(make: (at: number) => Datapoint[], every: number, from: number, to: number): Datapoint[] {
  return Array.from({ length: Math.ceil((to - from) / every) }, (_, index) => make(from + index * every)).flat();
}

/** A healthy stack: schedules run, a few requests are refused and a stream is a second behind. */
const healthy = (withoutRunsOf?: string, until = LENGTH): Datapoint[] => [
  ...RUNS.flatMap(([name, every]) =>
    repeated(ofFunction(name, 'Invocations', 1), every, 0, name === withoutRunsOf ? FAULT_AT : until),
  ),
  ...repeated(request({}), 20, FAULT_AT - 3_600, FAULT_AT + 7_200),
  ...repeated(request({ code: 'THROTTLED', status: 429 }), 300, FAULT_AT - 3_600, FAULT_AT + 7_200),
  ...repeated(ofFunction('Tallies', 'IteratorAge', 1_000), 60, FAULT_AT - 3_600, FAULT_AT + 7_200),
  ...repeated(ofApi('Count', 500), 60, FAULT_AT - 3_600, FAULT_AT + 7_200),
  ...repeated(ofApi('5xx', 1), 300, FAULT_AT - 3_600, FAULT_AT + 7_200),
  ...repeated(aws('AWS/CertificateManager', 'DaysToExpiry', { CertificateArn: 'none' }, 120), 43_200, 0, LENGTH),
];

const FIVE_MINUTES = 300;
type Fault = readonly [alarm: string, withinSeconds: number, make: (at: number) => Datapoint[], everySeconds: number];
const REVEAL = { mutation: 'revealField', purpose: 'CASE_WORK', isClaimed: false };
const FAULTS: readonly Fault[] = [
  ['EmergencyReveal', FIVE_MINUTES, event({ kind: 'EMERGENCY_REVEAL', ...REVEAL, reason: 'EMERGENCY' }), 3_600],
  ['RevealQuota', FIVE_MINUTES, event({ kind: 'REVEAL_QUOTA_EXCEEDED', ...REVEAL, limit: 50 }), 3_600],
  [
    'AccessLogBroken',
    FIVE_MINUTES,
    event({ kind: 'ACCESS_LOG_BROKEN', code: 'REGISTERED_ENTRIES_LOST', count: 1 }),
    3_600,
  ],
  ['RefusedSignIns', FIVE_MINUTES, event({ kind: 'SIGN_IN_REFUSED', code: 'UNAUTHENTICATED', count: 100 }), 20],
  ['RefusedCredentials', FIVE_MINUTES, event({ kind: 'CREDENTIAL_REFUSED', code: 'UNAUTHENTICATED', count: 100 }), 20],
  ['BudgetsUnreachable', FIVE_MINUTES, event({ kind: 'BUDGETS_UNREACHABLE', code: 'STORE_UNAVAILABLE' }), 5],
  ['StreamFailures', FIVE_MINUTES, ofQueue('ApproximateNumberOfMessagesVisible', 1), 60],
  ['StreamFailuresAge', FIVE_MINUTES, ofQueue('ApproximateAgeOfOldestMessage', 50_000), 60],
  ['ParksStreamAge', 2 * FIVE_MINUTES, ofFunction('ParksChanges', 'IteratorAge', 400_000), 60],
  ['EnterprisesStreamAge', 2 * FIVE_MINUTES, ofFunction('Tallies', 'IteratorAge', 400_000), 60],
  ['TalentStreamAge', 2 * FIVE_MINUTES, ofFunction('CaseChanges', 'IteratorAge', 400_000), 60],
  ['LinkagesStreamAge', 2 * FIVE_MINUTES, ofFunction('Relocations', 'IteratorAge', 400_000), 60],
  ['ReadThrottles', 2 * FIVE_MINUTES, ofTable('Talent', 'ReadThrottleEvents', 5), 60],
  ['WriteThrottles', 2 * FIVE_MINUTES, ofTable('Enterprises', 'WriteThrottleEvents', 5), 60],
  ['FunctionThrottles', FIVE_MINUTES, ofFunction('Talent', 'Throttles', 1), 60],
  ['FunctionErrors', FIVE_MINUTES, ofFunction('Gateway', 'Errors', 2), 60],
  ['ApiFaults', 2 * FIVE_MINUTES, ofApi('5xx', 20), 60],
  ['FailedRequests', 2 * FIVE_MINUTES, request({ code: 'STORE_UNAVAILABLE' }), 3],
  ['RefusedRequests', 2 * FIVE_MINUTES, request({ code: 'UNAUTHENTICATED', status: 401 }), 1],
  ['SlowRequests', 3 * FIVE_MINUTES, request({ durationMs: 6_000 }), 10],
  ['PlansRefused', FIVE_MINUTES, request({ code: 'PLAN_TOO_COMPLEX', status: 400 }), 20],
  ['CertificateExpiry', 86_400, aws('AWS/CertificateManager', 'DaysToExpiry', { CertificateArn: 'none' }, 29), 43_200],
  ['ScheduleErrors', 3_600, ofFunction('Deadlines', 'Errors', 1), 600],
];
const MISSED: readonly [name: string, withinSeconds: number][] = [
  ['SweepOutbox', 600],
  ['AccessLogSeal', 600],
  ['Deadlines', 3 * 3_600],
  ['Moves', 3 * 3_600],
  ['Digests', 3 * 3_600],
  ['AccessLogUpkeep', 3 * 3_600],
  ['PublishStatistics', 2 * 86_400],
];

const inAlarm = (datapoints: readonly Datapoint[], at: number) =>
  alarms().flatMap(([id, { Properties }]) => (isInAlarm(Properties, datapoints, at) ? [id.replace(/Alarm$/, '')] : []));

test('a healthy stack raises no alarm', () => {
  const datapoints = healthy();
  for (const at of [FAULT_AT, FAULT_AT + 600, FAULT_AT + 3_600]) expect(inAlarm(datapoints, at)).toEqual([]);
});

test.each(FAULTS)('%s is in alarm within %d seconds of its fault, and no other', (name, within, make, every) => {
  const faulty = [...healthy(), ...repeated(make, every, FAULT_AT, FAULT_AT + within)];
  expect(inAlarm(faulty, FAULT_AT)).toEqual([]);
  expect(inAlarm(faulty, FAULT_AT + within)).toEqual([name]);
});

test.each(MISSED)('%s is missed within %d seconds of its last run, and no other', (name, within) => {
  const faulty = healthy(name);
  expect(inAlarm(faulty, FAULT_AT)).toEqual([]);
  expect(inAlarm(faulty, FAULT_AT + within)).toEqual([`${name}Missed`]);
});

test('every alarm has a fault that raises it', () => {
  const raised = [...FAULTS.map(([name]) => name), ...MISSED.map(([name]) => `${name}Missed`)];
  expect(raised.sort()).toEqual(WATCHED.map(({ id }) => id).sort());
});
