/** CloudWatch's evaluation of an alarm, over datapoints of a test: the metrics, statistics and expressions that we use. */
import { z } from 'zod';

const dimensions = z.array(z.object({ Name: z.string(), Value: z.unknown() }));
const metric = z.object({ Namespace: z.string(), MetricName: z.string(), Dimensions: dimensions });
const rules = {
  EvaluationPeriods: z.int(),
  ComparisonOperator: z.enum(['GreaterThanOrEqualToThreshold', 'LessThanThreshold']),
  Threshold: z.number(),
  TreatMissingData: z.enum(['breaching', 'notBreaching']),
};
const single = metric.extend({
  ...rules,
  Period: z.int(),
  Statistic: z.enum(['Sum', 'Maximum', 'Minimum']).optional(),
  ExtendedStatistic: z.literal('p99').optional(),
});
const joined = z.object({
  ...rules,
  Metrics: z.array(
    z.object({
      Id: z.string(),
      Expression: z.string().optional(),
      MetricStat: z.object({ Metric: metric, Period: z.int(), Stat: z.string() }).optional(),
    }),
  ),
});
const alarm = z.union([joined, single]);

/** A value of a metric at a second of the test. */
export interface Datapoint {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, unknown>>;
  readonly at: number;
  readonly value: number;
}

/**
 * Evaluates an alarm of the template at a second. Returns whether it is in the state ALARM: each of its last whole periods
 * breaches the threshold.
 */
export function isInAlarm(properties: unknown, datapoints: readonly Datapoint[], at: number): boolean {
  const read = alarm.parse(properties);
  const period =
    'Metrics' in read ? (read.Metrics.find(({ MetricStat }) => MetricStat)?.MetricStat?.Period ?? 0) : read.Period;
  const end = Math.floor(at / period) * period;
  return Array.from({ length: read.EvaluationPeriods }, (_, back) => end - (back + 1) * period).every((from) => {
    const value = valueIn(read, datapoints, from, from + period);
    if (value === undefined) return read.TreatMissingData === 'breaching';
    return read.ComparisonOperator === 'LessThanThreshold' ? value < read.Threshold : value >= read.Threshold;
  });
}

function valueIn(
  read: z.infer<typeof alarm>,
  datapoints: readonly Datapoint[],
  from: number,
  to: number,
): number | undefined {
  const within = datapoints.filter(({ at }) => at >= from && at < to);
  if (!('Metrics' in read)) return statistic(read, read.ExtendedStatistic ?? read.Statistic ?? 'Sum', within);
  const named = read.Metrics.flatMap(({ Id, MetricStat }) =>
    MetricStat ? [[Id, statistic(MetricStat.Metric, MetricStat.Stat, within)] as const] : [],
  );
  const present = named.flatMap(([, value]) => (value === undefined ? [] : [value]));
  const expression = read.Metrics.find(({ Expression }) => Expression)?.Expression ?? '';
  if (present.length === 0) return undefined;
  if (expression === 'SUM(METRICS())') return present.reduce((sum, value) => sum + value, 0);
  if (expression === 'MAX(METRICS())') return Math.max(...present);
  const atLeast = /^IF\(m2 >= (\d+), 100 \* m1 \/ m2, 0\)$/.exec(expression)?.[1];
  if (atLeast === undefined) throw new Error(`The expression ${expression} is not known here.`);
  const { m1, m2 } = Object.fromEntries(named);
  if (m1 === undefined || m2 === undefined) return undefined;
  return m2 >= Number(atLeast) ? (100 * m1) / m2 : 0;
}

function statistic(of: z.infer<typeof metric>, name: string, within: readonly Datapoint[]): number | undefined {
  const wanted = nameOf(
    of.Namespace,
    of.MetricName,
    Object.fromEntries(of.Dimensions.map((each) => [each.Name, each.Value])),
  );
  const values = within
    .filter((each) => nameOf(each.namespace, each.metric, each.dimensions) === wanted)
    .map(({ value }) => value)
    .sort((a, b) => a - b);
  if (values.length === 0) return undefined;
  if (name === 'Maximum') return values.at(-1);
  if (name === 'Minimum') return values[0];
  if (name === 'p99') return values[Math.ceil(values.length * 0.99) - 1];
  return values.reduce((sum, value) => sum + value, 0);
}

const nameOf = (namespace: string, name: string, of: Readonly<Record<string, unknown>>) =>
  JSON.stringify([namespace, name, Object.entries(of).sort(([a], [b]) => (a < b ? -1 : 1))]);

/** Reads a log line's metrics, as CloudWatch does of the embedded metric format. */
export function metricsOf(line: Readonly<Record<string, unknown>>, at: number): Datapoint[] {
  const embedded = z.object({
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  });
  return embedded.parse(line._aws).CloudWatchMetrics.flatMap(({ Namespace: namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) =>
      Metrics.map(({ Name: metric }) => ({
        namespace,
        metric,
        dimensions: Object.fromEntries(names.map((name) => [name, line[name]])),
        at,
        value: Number(line[metric]),
      })),
    ),
  );
}
