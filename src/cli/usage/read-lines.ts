import * as z from 'zod';
import type { UsageLine } from './usage.ts';

const requestLine = z.object({
  message: z.literal('a request was answered'),
  client: z.string(),
  zone: z.string().optional(),
  document: z.string().nullable(),
  fields: z.array(z.string()).default([]),
  Cost: z.number(),
});

/** An event of CloudWatch Logs, as `aws logs tail --format json` and exports have it. */
const logEvent = z.object({ message: z.string() });

/** Reads the requests' lines in a log: plain, or within events of CloudWatch. Lines of another form are skipped. */
export function readUsageLines(text: string): UsageLine[] {
  return text.split('\n').flatMap((line) => {
    const value = parsed(line);
    const event = logEvent.safeParse(value);
    const read = requestLine.safeParse(
      event.success && event.data.message.startsWith('{') ? parsed(event.data.message) : value,
    );
    if (!read.success) return [];
    const { client, zone, document, fields, Cost: cost } = read.data;
    return [{ client: zone ?? client, document, fields, cost }];
  });
}

/** Returns the JSON in a line, which may begin with a time or a request's id. */
function parsed(line: string): unknown {
  const start = line.indexOf('{');
  if (start < 0) return undefined;
  try {
    return JSON.parse(line.slice(start));
  } catch {
    return undefined;
  }
}
