import { Agent, request } from 'node:http';

export interface Load {
  readonly offered: number;
  /** Milliseconds of each that was answered, in ascending order. */
  readonly admitted: readonly number[];
  /** Likewise, of those told to come again. */
  readonly refused: readonly number[];
  /** Anything else. */
  readonly failed: number;
}

/** Sends one POST and tells its status and how long it took. */
export type Ask = () => Promise<{ readonly status: number; readonly milliseconds: number }>;

export function asker(url: string, body: string): Ask {
  const agent = new Agent({ keepAlive: true });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return () =>
    new Promise((resolve) => {
      const begun = performance.now();
      const settle = (status: number) => resolve({ status, milliseconds: performance.now() - begun });
      const outgoing = request(`${url}/graphql`, { method: 'POST', agent, headers }, (response) => {
        response.resume();
        response.on('end', () => settle(response.statusCode ?? 0));
        response.on('error', () => settle(0));
      });
      outgoing.on('error', () => settle(0));
      outgoing.end(body);
    });
}

export interface Capacity {
  /** Answers a second. */
  readonly answered: number;
  /** Refusals a second. */
  readonly refused: number;
}

/** What so many get who ask without a pause. */
export async function capacity(ask: Ask, atOnce: number, seconds: number): Promise<Capacity> {
  const end = performance.now() + seconds * 1_000;
  let [answered, refused] = [0, 0];
  const askOn = async () => {
    while (performance.now() < end) {
      if ((await ask()).status === 200) answered++;
      else refused++;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, askOn));
  return { answered: answered / seconds, refused: refused / seconds };
}

/** Asks at a rate that doesn't wait for answers, as strangers do. */
export async function offer(ask: Ask, perSecond: number, seconds: number): Promise<Load> {
  const pending: ReturnType<Ask>[] = [];
  const begun = performance.now();
  for (let elapsed = 0; elapsed < seconds; elapsed = (performance.now() - begun) / 1_000) {
    while (pending.length < elapsed * perSecond) pending.push(ask());
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const answers = await Promise.all(pending);
  const times = (statuses: readonly number[]) =>
    answers
      .flatMap(({ status, milliseconds }) => (statuses.includes(status) ? [milliseconds] : []))
      .sort((a, b) => a - b);
  const [admitted, refused] = [times([200]), times([429, 503])];
  return { offered: answers.length, admitted, refused, failed: answers.length - admitted.length - refused.length };
}
