/** Kills the whole local system at random moments while clients work on cases, and says what became of their work. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { devIssuer } from '../../src/local/dev-issuer/dev-issuer.ts';
import { RECORDED_NEWS } from '../../src/notify/news/channels.ts';
import { startWebhookReceiver } from '../fixtures/webhook-receiver.ts';
import { freePort } from '../free-port.ts';
import { fillWithDemoDataOfToday } from '../prepared-folder.ts';
import { type Acknowledged, CaseWorker, WHOLE_LOG } from './case-worker.ts';
import { examine, type Kept, prepare, waiting } from './kept.ts';
import { type MortalSystem, startMortal } from './mortal-system.ts';

export interface CrashOptions {
  readonly mutations: number;
  readonly kills: number;
  readonly workers: number;
  /** How long the last webhooks are waited for: what was under way when it was killed is tried again after minutes. */
  readonly deliveredWithinMs: number;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Told what happens. */
  readonly tell?: (what: string) => void;
}

export interface CrashReport extends Kept {
  readonly acknowledged: number;
  /** Tries without an answer: killed meanwhile, or not yet there again. */
  readonly unanswered: number;
  readonly kills: Readonly<Record<'ALL' | 'SYSTEM' | 'DATABASE', number>>;
  /** Webhooks that came, and those that told of the same again. */
  readonly received: number;
  readonly again: number;
  /** Messages to applicants, and those that repeat another. */
  readonly messages: number;
  readonly messagesAgain: number;
}

/** Sends that a kill can interrupt: eight of the stream's consumer, and eight of the sweeper. */
const MAX_SENDS_IN_FLIGHT = 16;

export async function crash(options: CrashOptions): Promise<CrashReport> {
  const { mutations, kills, workers, random, tell = () => {} } = options;
  const dataDir = mkdtempSync(join(tmpdir(), 'bridgehead-crash-'));
  const port = await freePort();
  const receiver = await startWebhookReceiver();
  await fillWithDemoDataOfToday(dataDir);
  let system = startMortal(dataDir, port);
  try {
    await system.ready;
    await prepare(dataDir, receiver.url);
    const issuer = await devIssuer({ mode: 'local', dataDir }, `${system.url}/dev-issuer`);
    const acknowledged: Acknowledged[] = [];
    let unanswered = 0;
    const clients = Array.from(
      { length: workers },
      (_, number) =>
        new CaseWorker({
          url: system.url,
          issuer,
          number,
          acknowledged: (one) => acknowledged.push(one),
          unanswered: () => {
            unanswered += 1;
          },
        }),
    );
    let left = Math.ceil(mutations / WHOLE_LOG.length);
    const work = Promise.all(
      clients.map(async (client) => {
        while (left-- > 0) await client.takeCase();
      }),
    );
    let isOver = false;
    const over = work.finally(() => {
      isOver = true;
    });
    over.catch(() => undefined);

    const killed = { ALL: 0, SYSTEM: 0, DATABASE: 0 };
    for (let number = 1; number <= kills && !isOver; number++) {
      const after = mutations * ((number - random()) / (kills + 1));
      while (acknowledged.length < after && !isOver) await sleep(5);
      // Not only where an answer has just gone out.
      await sleep(random() * 50);
      const which = random() < 0.6 ? 'ALL' : random() < 0.5 ? 'SYSTEM' : 'DATABASE';
      const started = Date.now();
      const isThere = await system.kill(which);
      killed[which] += 1;
      if (!isThere) system = await startAgain(dataDir, port);
      tell(`kill ${number} (${which}) after ${acknowledged.length} answers; there again in ${Date.now() - started} ms`);
    }
    await over;
    const until = Date.now() + options.deliveredWithinMs;
    while (Date.now() < until && (await waiting(dataDir)) > 0) await sleep(500);
    await system.end();

    const told = new Map<string, string>();
    const came = receiver.take();
    for (const { headers, body } of came) {
      const { data } = JSON.parse(body);
      told.set(String(headers['webhook-id']), `${data.case}#${data.sequence}`);
    }
    const messages = recordedNews(dataDir);
    const again = messages.length - new Set(messages).size;
    const allKills = Object.values(killed).reduce((a, b) => a + b);
    const kept = await examine(
      dataDir,
      acknowledged,
      clients.map(({ person }) => person),
      { webhooks: told, messages: new Set(messages) },
    );
    return {
      ...kept,
      acknowledged: acknowledged.length,
      unanswered,
      kills: killed,
      received: came.length,
      again: came.length - told.size,
      faults: [...kept.faults, ...(again > MAX_SENDS_IN_FLIGHT * allKills ? [`${again} messages were repeated`] : [])],
      messages: messages.length,
      messagesAgain: again,
    };
  } finally {
    await system.end();
    await receiver.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Returns the ids of the messages to applicants that a developer's machine has recorded. */
function recordedNews(dataDir: string): readonly string[] {
  const file = join(dataDir, RECORDED_NEWS);
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
  return lines.map((line) => JSON.parse(line)).flatMap(({ id, of }) => (of === 'CASE' ? [id] : []));
}

/** A start that fails is a fault: whatever was killed must not keep the next one from beginning. */
async function startAgain(dataDir: string, port: number): Promise<MortalSystem> {
  const system = startMortal(dataDir, port);
  await system.ready;
  return system;
}
