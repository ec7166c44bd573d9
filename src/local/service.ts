import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { CodedError } from '../errors.ts';

/** A route of the HTTP API, e.g. method `GET`, path `/explorer/{proxy+}`. */
export interface Route {
  readonly method: string;
  readonly path: string;
}

/** A function's subscription to a table's stream, like Lambda's event source mapping. */
export interface StreamSource {
  /** The table's logical id in the resources, e.g. `EnterprisesTable`. */
  readonly table: string;
  readonly batchSize: number;
  readonly maximumRetryAttempts: number;
  readonly bisectBatchOnFunctionError: boolean;
  readonly reportBatchItemFailures: boolean;
  readonly filterPatterns: readonly unknown[];
}

export interface ServiceFunction {
  readonly name: string;
  /** `folder/file.export`, without the file's extension. */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly routes: readonly Route[];
  readonly streams: readonly StreamSource[];
  /** Milliseconds between two runs, for each of its schedules. */
  readonly schedules: readonly number[];
}

const httpApi = z.strictObject({ httpApi: z.strictObject({ method: z.string(), path: z.string() }) });
const stream = z.strictObject({
  stream: z.strictObject({
    type: z.literal('dynamodb'),
    arn: z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('StreamArn')]) }),
    startingPosition: z.literal('TRIM_HORIZON'),
    batchSize: z.int(),
    maximumRetryAttempts: z.int(),
    maximumRecordAgeInSeconds: z.int(),
    bisectBatchOnFunctionError: z.boolean(),
    functionResponseType: z.literal('ReportBatchItemFailures').optional(),
    filterPatterns: z.array(z.unknown()),
    destinations: z.unknown().optional(),
  }),
});

const UNIT_MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;
/** Parses `rate(1 day)` to milliseconds. */
const schedule = z.strictObject({
  schedule: z.string().transform((text, context) => {
    const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(text) ?? [];
    if (unit === 'minute' || unit === 'hour' || unit === 'day') return Number(count) * UNIT_MS[unit];
    context.addIssue({ code: 'custom', message: 'must be a rate in minutes, hours or days' });
    return z.NEVER;
  }),
});

const service = z.object({
  functions: z.record(
    z.string(),
    z.object({
      handler: z.string().regex(/^[\w/-]+\.\w+$/),
      timeout: z.int(),
      memorySize: z.int(),
      events: z.array(z.union([httpApi, stream, schedule])).default([]),
    }),
  ),
});

/**
 * Reads the functions that `serverless.yml` declares.
 * @throws CodedError CONFIGURATION for an event or setting that the local runtime doesn't implement: without it, this
 * machine would differ silently from the deployed system
 */
export function readService(file: string): ServiceFunction[] {
  const parsed = service.safeParse(parse(readFileSync(file, 'utf8'), { merge: true }));
  if (!parsed.success) {
    throw new CodedError(
      'CONFIGURATION',
      `${file} declares what the local runtime does not know:\n${z.prettifyError(parsed.error)}`,
    );
  }
  return Object.entries(parsed.data.functions).map(([name, { handler, timeout, memorySize, events }]) => ({
    name,
    handler,
    timeoutSeconds: timeout,
    memoryMegabytes: memorySize,
    routes: events.flatMap((event) => ('httpApi' in event ? [event.httpApi] : [])),
    streams: events.flatMap((event) => ('stream' in event ? [streamSource(event.stream)] : [])),
    schedules: events.flatMap((event) => ('schedule' in event ? [event.schedule] : [])),
  }));
}

const streamSource = (declared: z.infer<typeof stream>['stream']): StreamSource => ({
  table: declared.arn['Fn::GetAtt'][0],
  batchSize: declared.batchSize,
  maximumRetryAttempts: declared.maximumRetryAttempts,
  bisectBatchOnFunctionError: declared.bisectBatchOnFunctionError,
  reportBatchItemFailures: declared.functionResponseType !== undefined,
  filterPatterns: declared.filterPatterns,
});
