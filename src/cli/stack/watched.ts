/** The faults of a stack that an operator must notice: each row is an alarm with a runbook in docs/runbooks.md. */

/** A metric of CloudWatch. Dimensions hold texts or references of the template. */
export interface Source {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, unknown>>;
  /** Default: `Sum`. */
  readonly statistic?: 'Sum' | 'Maximum' | 'Minimum' | 'p99';
}

export interface Watched {
  /** The logical id without `Alarm`, and the runbook's heading. */
  readonly id: string;
  /** One sentence: what has happened. */
  readonly says: string;
  /** One metric; several ones are joined by `join`. */
  readonly sources: readonly Source[];
  /** How several metrics become one value. A `RATIO` is the first one in percent of the second. */
  readonly join?: 'SUM' | 'MAX' | 'RATIO';
  /** A ratio counts only where the second metric has this many in a period. */
  readonly atLeast?: number;
  readonly periodSeconds: number;
  /** Consecutive periods, all of them beyond the threshold. Default: 1. */
  readonly periods?: number;
  readonly threshold: number;
  /** True if the alarm is for a value below the threshold. */
  readonly isBelow?: boolean;
  /** True if the alarm is for a value below the threshold, or for none at all. */
  readonly isOfAbsence?: boolean;
  /** The template's condition under which there is the alarm. Default: `WithAlarms`. */
  readonly condition?: string;
}

const STAGE = `\${sls:stage}`;
const ONE_HOUR = 3_600;
const ONE_DAY = 86_400;
const FIVE_MINUTES = 300;

const functionMetric = (name: string, metric: string, statistic?: Source['statistic']): Source => ({
  namespace: 'AWS/Lambda',
  metric,
  dimensions: { FunctionName: { Ref: `${name}LambdaFunction` } },
  ...(statistic ? { statistic } : {}),
});

const securityMetric = (kind: string): Source => ({
  namespace: 'Bridgehead/Security',
  metric: 'SecurityEvents',
  dimensions: { stage: STAGE, kind },
});

const requestMetric = (metric: string, statistic?: Source['statistic']): Source => ({
  namespace: 'Bridgehead/Requests',
  metric,
  dimensions: { stage: STAGE },
  ...(statistic ? { statistic } : {}),
});

const queueMetric = (metric: string): Source => ({
  namespace: 'AWS/SQS',
  metric,
  dimensions: { QueueName: { 'Fn::GetAtt': ['StreamFailures', 'QueueName'] } },
  statistic: 'Maximum',
});

const apiMetric = (metric: string): Source => ({
  namespace: 'AWS/ApiGateway',
  metric,
  dimensions: { ApiId: { Ref: 'HttpApi' } },
});

const TABLES = ['Parks', 'Enterprises', 'Talent', 'Linkages', 'Credentials', 'PersonKeys'];
const tableMetrics = (metric: string): Source[] =>
  TABLES.map((table) => ({ namespace: 'AWS/DynamoDB', metric, dimensions: { TableName: { Ref: `${table}Table` } } }));

/** The functions that read each table's stream. */
const CONSUMERS = {
  Parks: ['ParksChanges'],
  Enterprises: ['Tallies', 'SubjectFacts'],
  Talent: ['AccessLogBatch', 'CaseChanges'],
  Linkages: ['LinkageNews', 'Relocations'],
} as const;

/** How long a schedule may be silent: its period in seconds, and how often in a row. */
const SCHEDULES = {
  SweepOutbox: [FIVE_MINUTES, 2],
  AccessLogSeal: [FIVE_MINUTES, 2],
  Deadlines: [ONE_HOUR, 3],
  Moves: [ONE_HOUR, 3],
  Digests: [ONE_HOUR, 3],
  AccessLogUpkeep: [ONE_HOUR, 3],
  PublishStatistics: [ONE_DAY, 2],
} as const;

const SECURITY = [
  ['EmergencyReveal', 'EMERGENCY_REVEAL', 1, "An officer opened a person's data without a claim, for an emergency"],
  ['RevealQuota', 'REVEAL_QUOTA_EXCEEDED', 1, 'An officer used up the quota of reveals'],
  ['AccessLogBroken', 'ACCESS_LOG_BROKEN', 1, 'The access log no longer has what was registered or anchored of it'],
  ['RefusedSignIns', 'SIGN_IN_REFUSED', 1_000, 'Very many sign-ins by receipt are refused'],
  ['RefusedCredentials', 'CREDENTIAL_REFUSED', 1_000, 'Very many tokens or API keys are refused'],
  ['BudgetsUnreachable', 'BUDGETS_UNREACHABLE', 1, 'Instances cannot reach the shared budgets of clients'],
] as const;

export const WATCHED: readonly Watched[] = [
  ...SECURITY.map(
    ([id, kind, threshold, says]): Watched => ({
      id,
      says,
      sources: [securityMetric(kind)],
      periodSeconds: FIVE_MINUTES,
      threshold,
    }),
  ),
  {
    id: 'StreamFailures',
    says: 'A batch of a stream failed at every retry',
    sources: [queueMetric('ApproximateNumberOfMessagesVisible')],
    periodSeconds: FIVE_MINUTES,
    threshold: 1,
  },
  {
    id: 'StreamFailuresAge',
    says: 'A failed batch waits for twelve hours, and its stream forgets it after 24',
    sources: [queueMetric('ApproximateAgeOfOldestMessage')],
    periodSeconds: FIVE_MINUTES,
    threshold: ONE_DAY / 2,
  },
  ...Object.entries(CONSUMERS).map(
    ([table, consumers]): Watched => ({
      id: `${table}StreamAge`,
      says: `A consumer of the stream of ${table} is five minutes behind`,
      sources: consumers.map((name) => functionMetric(name, 'IteratorAge', 'Maximum')),
      join: 'MAX',
      periodSeconds: FIVE_MINUTES,
      periods: 2,
      threshold: 300_000,
    }),
  ),
  {
    id: 'ReadThrottles',
    says: 'DynamoDB throttles reads',
    sources: tableMetrics('ReadThrottleEvents'),
    join: 'SUM',
    periodSeconds: FIVE_MINUTES,
    periods: 2,
    threshold: 10,
  },
  {
    id: 'WriteThrottles',
    says: 'DynamoDB throttles writes',
    sources: tableMetrics('WriteThrottleEvents'),
    join: 'SUM',
    periodSeconds: FIVE_MINUTES,
    periods: 2,
    threshold: 10,
  },
  {
    id: 'FunctionThrottles',
    says: 'Lambda has no instance left for requests',
    sources: ['Gateway', 'Talent', 'CaseHolder', 'Pages'].map((name) => functionMetric(name, 'Throttles')),
    join: 'SUM',
    periodSeconds: FIVE_MINUTES,
    threshold: 1,
  },
  {
    id: 'FunctionErrors',
    says: 'Functions that answer requests or deliver webhooks end with errors',
    sources: ['Gateway', 'Talent', 'CaseHolder', 'Pages', 'DeliverOutbox'].map((name) =>
      functionMetric(name, 'Errors'),
    ),
    join: 'SUM',
    periodSeconds: FIVE_MINUTES,
    threshold: 5,
  },
  {
    id: 'ApiFaults',
    says: 'One answer in a hundred of the HTTP API is a 5xx',
    sources: [apiMetric('5xx'), apiMetric('Count')],
    join: 'RATIO',
    atLeast: 100,
    periodSeconds: FIVE_MINUTES,
    periods: 2,
    threshold: 1,
  },
  {
    id: 'FailedRequests',
    says: 'One operation in a hundred fails by a fault of ours',
    sources: [requestMetric('Failed'), requestMetric('Requests')],
    join: 'RATIO',
    atLeast: 100,
    periodSeconds: FIVE_MINUTES,
    periods: 2,
    threshold: 1,
  },
  {
    id: 'RefusedRequests',
    says: 'Half of the operations are refused',
    sources: [requestMetric('Refused'), requestMetric('Requests')],
    join: 'RATIO',
    atLeast: 200,
    periodSeconds: FIVE_MINUTES,
    periods: 2,
    threshold: 50,
  },
  {
    id: 'SlowRequests',
    says: 'One operation in a hundred takes longer than two seconds',
    sources: [requestMetric('Duration', 'p99')],
    periodSeconds: FIVE_MINUTES,
    periods: 3,
    threshold: 2_000,
  },
  {
    id: 'PlansRefused',
    says: 'Operations are refused because they cannot be planned, or only at too great a cost',
    sources: [requestMetric('Unplanned')],
    periodSeconds: FIVE_MINUTES,
    threshold: 10,
  },
  {
    id: 'CertificateExpiry',
    says: 'The certificate of the domain ends within 30 days',
    sources: [
      {
        namespace: 'AWS/CertificateManager',
        metric: 'DaysToExpiry',
        dimensions: { CertificateArn: `\${param:certificate}` },
        statistic: 'Minimum',
      },
    ],
    periodSeconds: ONE_DAY,
    threshold: 30,
    isBelow: true,
    condition: 'WithCertificateAlarm',
  },
  {
    id: 'ScheduleErrors',
    says: 'A scheduled function ends with errors',
    sources: Object.keys(SCHEDULES).map((name) => functionMetric(name, 'Errors')),
    join: 'SUM',
    periodSeconds: ONE_HOUR,
    threshold: 2,
  },
  ...Object.entries(SCHEDULES).map(
    ([name, [periodSeconds, periods]]): Watched => ({
      id: `${name}Missed`,
      says: `The schedule of ${name} no longer runs`,
      sources: [functionMetric(name, 'Invocations')],
      periodSeconds,
      periods,
      threshold: 1,
      isOfAbsence: true,
    }),
  ),
];
