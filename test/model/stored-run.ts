/** Random cases against the model, over GraphQL and DynamoDB: one after the other and at once, with faults on the way. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { mutationOf, saysVersion } from '../fixtures/case-mutation.ts';
import { disagreement, mustAgree } from './agree.ts';
import { beginnings, type Draw, draws, type OpeningDraw, openings } from './draws.ts';
import { bring, type Fault, faults, takeBack } from './faults.ts';
import { after, type Deed, deedOf, inShanghai } from './likely.ts';
import { isStuck, type ModelCase, stateOf, versionOf } from './model-case.ts';
import { afterSchedule, modelDue } from './model-due.ts';
import { caseTypeOf, modelOpening } from './model-opening.ts';
import { attempt } from './model-rules.ts';
import { ordersOf } from './orders.ts';
import type { StoredCases, Told } from './stored-case.ts';
import { toldOf } from './stored-case.ts';
import { noteHappened, noteRefused, type Tally } from './tally.ts';
import { viewOfModel } from './view.ts';
import { shanghaiDay } from './working-days.ts';

/** A case of the model, its twin in the store, and the instant. */
interface Pair {
  model: ModelCase;
  now: Date;
}

interface Real {
  readonly cases: StoredCases;
  readonly openings: readonly OpeningDraw[];
  readonly tally: Tally;
}

let keys = 0;
const newKey = () => `model-${String(keys++).padStart(8, '0')}`;

async function openPair(real: Real, draw: OpeningDraw, now: Date): Promise<Pair> {
  const { cases, tally } = real;
  const key = newKey();
  const day = shanghaiDay(now);
  const caseType = caseTypeOf(draw, `ctype_${key}`, day);
  tally.commands += 1;
  const id = await cases.open(draw, caseType, key, day, now);
  tally.opened += 1;
  const pair = { model: modelOpening(draw, caseType, id, now), now };
  await compare(real, pair.model);
  return pair;
}

/** As a mutation says it: an officer's says which version was seen, all others say none. What happens by itself is the system's. */
function asSent(c: ModelCase, { command, actor, now }: Deed): Deed {
  const version = saysVersion(command) ? (command.version ?? versionOf(c)) : null;
  const isBySystem = mutationOf(command) === null || actor.kind === 'system';
  return { command: { ...command, version }, actor: isBySystem ? { kind: 'system' } : actor, now };
}

/** As a client does who wants to know: again, with the same key, until somebody can say. */
async function askUntilTold(cases: StoredCases, id: string, deed: Deed, key: string): Promise<Exclude<Told, 'FAULT'>> {
  for (let tries = 0; tries < 10; tries++) {
    const told = await cases.act(id, deed, key);
    if (told !== 'FAULT') return told;
    takeBack(cases.system.dynamo);
  }
  throw new Error('nobody can say what became of a request');
}

/** What the store must hold where it is as in the model: every list, clock, event and outbox entry. */
function expectedOf(c: ModelCase) {
  const { deadlines, ...view } = viewOfModel(c, c.history.at(-1)?.day ?? '');
  const { noted, seenTo } = c;
  const happened = c.history.map(({ what, at }, i) => ({ sequence: i + 1, kind: what, at }));
  return {
    ...view,
    due: modelDue(c, seenTo),
    happened,
    told: happened,
    noted: noted.toSorted(),
    toldOfNotices: noted.length,
    placed: true,
    dueVersion: versionOf(c),
  };
}

/** The store holds what the model does, and the course is the fold of the events. */
async function compare({ cases }: Real, c: ModelCase, deed?: unknown): Promise<void> {
  const { course, folded, ...stored } = await cases.stored(c.id);
  mustAgree('The store holds otherwise', stored, expectedOf(c), deed);
  mustAgree('The fold of the stored events is not the stored course', folded, course, deed);
}

function note(tally: Tally, before: ModelCase, after: ModelCase, refused: readonly string[] | null): void {
  if (refused) noteRefused(tally, refused);
  else noteHappened(tally, after.history[before.history.length]!);
}

/** One thing after the other; sometimes sent again, which changes nothing. */
class TryStored implements fc.AsyncCommand<Pair, Real> {
  readonly draw: Draw;
  readonly fault: Fault;
  constructor(draw: Draw, fault: Fault) {
    this.draw = draw;
    this.fault = fault;
  }
  check = () => true;
  toString = () => JSON.stringify([this.draw, this.fault]);
  async run(pair: Pair, real: Real): Promise<void> {
    const { draw, fault } = this;
    const { cases, tally } = real;
    const opening = real.openings[Math.floor(draw.pick / 2) % real.openings.length];
    if (isStuck(pair.model) && draw.pick % 2 === 0 && opening) {
      Object.assign(pair, await openPair(real, opening, pair.now));
      return;
    }
    const key = newKey();
    const drawn = asSent(pair.model, deedOf(pair.model, draw, after(draw, pair.now, pair.model)));
    const deed = await cases.prepared(pair.model, drawn, key);
    const expected = attempt(pair.model, deed.command, deed.actor, deed.now);
    tally.commands += 1;
    if (fault !== 'NONE') tally.faulty += 1;
    bring(fault, cases.system.dynamo);
    const told = await askUntilTold(cases, pair.model.id, deed, key);
    takeBack(cases.system.dynamo);
    const about = { deed, fault, state: stateOf(pair.model) };
    mustAgree('It is answered otherwise', told, toldOf(expected.refused, deed), about);
    if (told === null && draw.pick % 5 === 0) {
      mustAgree('It is answered otherwise when sent again', await cases.act(pair.model.id, deed, key), null, about);
    }
    await compare(real, expected.case, about);
    note(tally, pair.model, expected.case, expected.refused);
    pair.model = expected.case;
    pair.now = deed.now;
  }
}

/** The schedule, which notes what came near or was missed, and does what nobody asks for. */
class LookAfter implements fc.AsyncCommand<Pair, Real> {
  readonly draw: Draw;
  readonly fault: Fault;
  constructor(draw: Draw, fault: Fault) {
    this.draw = draw;
    this.fault = fault;
  }
  check = () => true;
  toString = () => JSON.stringify(['SCHEDULE', this.draw.wait, this.fault]);
  async run(pair: Pair, real: Real): Promise<void> {
    const { cases, tally } = real;
    const now = after(this.draw, pair.now, pair.model);
    const expected = afterSchedule(pair.model, now);
    tally.commands += 1;
    if (this.fault !== 'NONE') tally.faulty += 1;
    bring(this.fault, cases.system.dynamo);
    await cases.schedule(pair.model.id, now);
    takeBack(cases.system.dynamo);
    await compare(real, expected, { schedule: now });
    for (const happening of expected.history.slice(pair.model.history.length)) noteHappened(tally, happening);
    pair.model = expected;
    pair.now = now;
  }
}

/** Several at once, one of them twice with one key: it must have been as if they had come in some order. */
class TryTogether implements fc.AsyncCommand<Pair, Real> {
  readonly draws: readonly Draw[];
  readonly isTwice: boolean;
  /** Milliseconds that each is sent after the first. */
  readonly delays: readonly number[];
  constructor(several: readonly Draw[], isTwice: boolean, delays: readonly number[]) {
    this.draws = several;
    this.isTwice = isTwice;
    this.delays = delays;
  }
  check = () => true;
  toString = () => JSON.stringify(['TOGETHER', this.draws, this.isTwice, this.delays]);
  async run(pair: Pair, real: Real): Promise<void> {
    const { cases, tally } = real;
    const { model } = pair;
    const now = after(this.draws[0]!, pair.now, model);
    const deeds = this.draws.map((draw) => ({ deed: asSent(model, deedOf(model, draw, now)), key: newKey() }));
    const sent: typeof deeds = [];
    for (const { deed, key } of deeds) sent.push({ deed: await cases.prepared(model, deed, key), key });
    const requests = this.isTwice ? [...sent.slice(0, 1), ...sent] : sent;
    tally.commands += sent.length;
    tally.together += sent.length;
    const answered = await Promise.all(
      requests.map(async ({ deed, key }, i) => {
        await sleep(this.delays[i]);
        return { deed, key, told: await askUntilTold(cases, model.id, deed, key) };
      }),
    );
    const { course, folded, ...stored } = await cases.stored(model.id);
    mustAgree('The fold of the stored events is not the stored course', folded, course, answered);
    const order = ordersOf(model, answered, toldOf).find((one) => isDeepStrictEqual(expectedOf(one.case), stored));
    if (!order) throw disagreement('It is as in no order', stored, expectedOf(model), answered);
    for (const { before, after: then, refused } of order.steps) note(tally, before, then, refused);
    pair.model = order.case;
    pair.now = now;
  }
}

/** Tries that many commands or more; rejects with what fast-check tells of the first divergence. */
export async function runOnStore(options: {
  readonly cases: StoredCases;
  readonly count: number;
  readonly seed: number;
  readonly tally: Tally;
}): Promise<void> {
  const { cases, count, seed, tally } = options;
  const one = fc.tuple(draws, faults).map(([draw, fault]) => new TryStored(draw, fault));
  const several = fc
    .tuple(
      fc.array(draws, { minLength: 2, maxLength: 3 }),
      fc.boolean(),
      fc.array(fc.nat(15), { minLength: 4, maxLength: 4 }),
    )
    .map(([list, isTwice, delays]) => new TryTogether(list, isTwice, delays));
  const scheduled = fc.tuple(draws, faults).map(([draw, fault]) => new LookAfter(draw, fault));
  const commands = fc.commands([one, one, one, several, several, scheduled], { maxCommands: 40, size: 'max' });
  const story = fc.record({ beginning: beginnings, cases: fc.array(openings, { minLength: 1, maxLength: 4 }) });
  for (let round = 0; tally.commands < count; round++) {
    await fc.assert(
      fc.asyncProperty(story, commands, async ({ beginning, cases: kinds }, tries) => {
        const real: Real = { cases, openings: kinds, tally };
        const first = await openPair(real, kinds[0]!, inShanghai(beginning.day, beginning.minute * 60_000));
        await fc.asyncModelRun(() => ({ model: first, real }), tries);
      }),
      // Not shrunk: what several do at once isn't the same twice. The error says what was tried last.
      { seed: seed + round, numRuns: 5, endOnFailure: true },
    );
  }
}
