import { STORES } from '../../src/config.ts';
import { ScanCommand } from '../../src/storage/dynamodb/client/dynamo.ts';
import type { TestSystem } from '../harness.ts';

/** What this process writes to its standard output and error while something is done: there the log goes. */
export async function written(doing: () => Promise<void>): Promise<string> {
  const parts: string[] = [];
  const streams = [process.stdout, process.stderr] as const;
  const originals = streams.map((stream) => stream.write);
  for (const stream of streams) {
    stream.write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
      parts.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
      const done = rest.at(-1);
      if (typeof done === 'function') done();
      return true;
    }) as typeof stream.write;
  }
  try {
    await doing();
  } finally {
    for (const [i, stream] of streams.entries()) stream.write = originals[i]!;
  }
  return parts.join('');
}

/** Everything that all tables hold, an item a line. */
export async function everythingStored(system: TestSystem): Promise<string> {
  const lines: string[] = [];
  for (const store of STORES) {
    const { name: TableName, dynamo } = system.table(store);
    let from: Record<string, unknown> | undefined;
    do {
      const page = await dynamo.send(new ScanCommand({ TableName, ...(from ? { ExclusiveStartKey: from } : {}) }));
      for (const item of page.Items ?? []) lines.push(`${store} ${JSON.stringify(item)}`);
      from = page.LastEvaluatedKey;
    } while (from);
  }
  return lines.join('\n');
}
