import { stringify } from 'yaml';
import { type Source, WATCHED, type Watched } from './watched.ts';

/** The text of `infra/alarms.yml`: an alarm for each row of `WATCHED`, and a dashboard of them. */
export function alarmsText(): string {
  const alarms = Object.fromEntries(WATCHED.map((watched) => [`${watched.id}Alarm`, alarmOf(watched)]));
  const Resources = { ...alarms, Dashboard: dashboard() };
  const head =
    '# Written by `npm run alarms` from src/cli/stack/watched.ts: change that. docs/runbooks.md says what to do.\n';
  return head + stringify({ Resources }, { lineWidth: 0, aliasDuplicateObjects: false });
}

function alarmOf(watched: Watched): object {
  const { id, says, periods = 1, threshold, isOfAbsence = false, isBelow = isOfAbsence } = watched;
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Condition: watched.condition ?? 'WithAlarms',
    Properties: {
      AlarmDescription: `${says}. Runbook: docs/runbooks.md, ${id}`,
      ...watchedValue(watched),
      EvaluationPeriods: periods,
      ComparisonOperator: isBelow ? 'LessThanThreshold' : 'GreaterThanOrEqualToThreshold',
      Threshold: threshold,
      TreatMissingData: isOfAbsence ? 'breaching' : 'notBreaching',
      AlarmActions: {
        'Fn::If': ['HasAlarmTopic', { 'Fn::Split': [',', `\${param:alarmTopic}`] }, { Ref: 'AWS::NoValue' }],
      },
    },
  };
}

/** Returns the watched value: one metric, or an expression over several. */
function watchedValue({ sources, join, atLeast = 1, periodSeconds }: Watched): object {
  if (join === undefined) {
    const [source] = sources as [Source];
    const { statistic = 'Sum' } = source;
    return {
      ...metricOf(source),
      ...(statistic === 'p99' ? { ExtendedStatistic: statistic } : { Statistic: statistic }),
      Period: periodSeconds,
    };
  }
  const expression = join === 'RATIO' ? `IF(m2 >= ${atLeast}, 100 * m1 / m2, 0)` : `${join}(METRICS())`;
  const metrics = sources.map((source, index) => ({
    Id: `m${index + 1}`,
    ReturnData: false,
    MetricStat: { Metric: metricOf(source), Period: periodSeconds, Stat: source.statistic ?? 'Sum' },
  }));
  return { Metrics: [{ Id: 'value', Expression: expression, ReturnData: true }, ...metrics] };
}

function metricOf({ namespace, metric, dimensions }: Source): object {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  return { Namespace: namespace, MetricName: metric, Dimensions };
}

const WIDGET_WIDTH = 12;
const WIDGET_HEIGHT = 6;

/** Returns a dashboard: one widget for each alarm, which shows its value and threshold. */
function dashboard(): object {
  const widgets = WATCHED.map(({ id, says }, index) => ({
    type: 'metric',
    x: (index % 2) * WIDGET_WIDTH,
    y: Math.floor(index / 2) * WIDGET_HEIGHT,
    width: WIDGET_WIDTH,
    height: WIDGET_HEIGHT,
    properties: { title: says, annotations: { alarms: [`\${${id}Alarm.Arn}`] } },
  }));
  return {
    Type: 'AWS::CloudWatch::Dashboard',
    Condition: 'WithAlarms',
    Properties: {
      DashboardName: { 'Fn::Sub': `\${AWS::StackName}` },
      DashboardBody: { 'Fn::Sub': JSON.stringify({ widgets }) },
    },
  };
}
