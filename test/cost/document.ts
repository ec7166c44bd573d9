import { amountsOf, billedMs, type Measured, type Streamed, standingAmounts, streamAmountsOf } from './bill.ts';
import { type PriceTable, priceOf } from './price-tables.ts';
import { MUTATIONS, OPERATIONS } from './workload.ts';

interface Costs {
  /** Measured without kept answers. */
  readonly before: readonly Measured[];
  /** Measured with answers that are kept for seconds. */
  readonly after: readonly Measured[];
  readonly tables: readonly PriceTable[];
}

const row = (cells: readonly unknown[]) => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly unknown[])[]) =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
const figure = (value: number, digits = 2) => value.toLocaleString('en', { maximumFractionDigits: digits });
const SIGNS = { USD: '$', CNY: '¥' } as const;

/** Returns the text of docs/cost.md. */
export function costDocument({ before, after, tables }: Costs): string {
  const timesOf = (document: string) => OPERATIONS.find((each) => each.document === document)?.times ?? 0;
  const costOf = (measured: readonly Measured[], prices: PriceTable) =>
    measured.reduce((sum, each) => sum + priceOf(amountsOf(each, timesOf(each.document)), prices), 0);
  const streamed = after.flatMap(({ document, streams }) => (streams ? [{ document, streams }] : []));
  const streamCostOf = (
    all: readonly { readonly document: string; readonly streams: Streamed }[],
    prices: PriceTable,
  ) =>
    all.reduce((sum, { document, streams }) => sum + priceOf(streamAmountsOf(streams, timesOf(document)), prices), 0);
  const earlier = new Map(before.map((each) => [each.document, each]));
  const operations = after.map((each) => {
    const times = timesOf(each.document);
    const was = earlier.get(each.document) ?? each;
    return [
      `\`${each.document}\``,
      figure(times),
      `${figure(was.readUnits)} / ${figure(each.readUnits)}`,
      `${figure(was.writeUnits)} / ${figure(each.writeUnits)}`,
      `${figure(was.calls)} / ${figure(each.calls)}`,
      figure(billedMs(each), 0),
      each.reachedTalent ? 2 : 1,
      ...tables.map((prices) => `${SIGNS[prices.currency]}${figure(priceOf(amountsOf(each, times), prices))}`),
    ];
  });
  const totals = tables.map((prices) => {
    const [standing, requests, requestsBefore, streams] = [
      priceOf(standingAmounts(), prices),
      costOf(after, prices),
      costOf(before, prices),
      streamCostOf(streamed, prices),
    ];
    const sign = SIGNS[prices.currency];
    return [
      prices.region,
      `${sign}${figure(standing)}`,
      `${sign}${figure(requestsBefore)}`,
      `${sign}${figure(requests)}`,
      `${sign}${figure(streams)}`,
      `${sign}${figure(standing + requests + streams)}`,
    ];
  });
  const streamRows = streamed.map(({ document, streams }) => [
    `\`${document}\``,
    figure(streams.readUnits),
    figure(streams.writeUnits),
    figure(streams.calls),
    figure(streams.invocations),
    ...tables.map((prices) => `${SIGNS[prices.currency]}${figure(streamCostOf([{ document, streams }], prices), 3)}`),
  ]);
  const priceRows = tables.flatMap(({ region, currency, asOf, prices }) =>
    Object.entries(prices).map(([unit, { per, price, source, isChecked }]) => [
      region,
      unit,
      `${SIGNS[currency]}${price} per ${figure(per)}`,
      isChecked ? asOf : '**not checked**',
      source,
    ]),
  );
  return `# What it costs

Written by \`npm run cost\`: it measures the operations of a month on the demo data, and multiplies by the prices of [\`infra/prices.json\`](../infra/prices.json). Change a row of [\`test/cost/workload.ts\`](../test/cost/workload.ts) for another month.

## A month

${figure(OPERATIONS.reduce((sum, { times }) => sum + times, 0))} requests of a zone with eight parks, ${figure(MUTATIONS.reduce((sum, { times }) => sum + times, 0))} mutations among them. Before: no answer is kept. After: answers about zones, parks, policies and published figures are kept for five seconds ([ADR 43](adr/0043-public-reads-are-kept-for-seconds.md)), in an instance that is asked without a pause.

${table(['region', 'without a request', 'requests, before', 'requests, after', 'streams', 'together'], totals)}

Without a request: scheduled functions, keys, secrets, the metrics of alarms, five gigabytes of data with point-in-time recovery. Left out: free tiers, taxes, CloudFront, traffic out, cases' files, deliveries of webhooks and news. Functions read streams free of charge.

## Each operation

${table(
  [
    'document',
    'a month',
    'read units, before / after',
    'write units, before / after',
    'calls, before / after',
    'billed ms',
    'functions',
    ...tables.map(({ region }) => `a month, ${region}`),
  ],
  operations,
)}

Read and write units are DynamoDB's own count of each call. Billed ms are the measured CPU time at the share of a CPU that 1,024 MB have, and 4 ms for each call. Where talent is reached, its function is billed beside the gateway's for the same time: an upper bound. Budgets of clients are among the writes. A transaction's writes count twice.

## The streams behind the mutations

${table(
  ['after', 'read units', 'write units', 'calls', 'invocations', ...tables.map(({ region }) => `a month, ${region}`)],
  streamRows,
)}

Each mutation is followed by itself, so that a batch has its records only: busier streams have fewer invocations.

## Prices

${table(['region', 'unit', 'price', 'as of', 'source'], priceRows)}

The date is the day on which the price was read at its source. A price that is not checked is an estimate: hold it against its source, and set \`isChecked\`.
`;
}
