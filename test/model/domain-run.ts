/** Random cases against the model, by the domain's rules alone. */
import fc from 'fast-check';
import type { Viewer } from '../../src/domain/viewer.ts';
import { mustAgree } from './agree.ts';
import { beginnings, type Draw, draws, type OpeningDraw, openings } from './draws.ts';
import { actOnHeld, foldsToItself, type HeldCase, openHeld, viewOfHeld } from './held-case.ts';
import { after, type Deed, deedOf, inShanghai } from './likely.ts';
import { isStuck, type ModelCase } from './model-case.ts';
import { caseTypeOf, modelOpening, openingOf } from './model-opening.ts';
import { attempt } from './model-rules.ts';
import { noteHappened, noteRefused, type Tally } from './tally.ts';
import { viewOfModel } from './view.ts';
import { shanghaiDay } from './working-days.ts';

/** A case of the model and the same one by the rules of `src/domain`, at an instant. */
interface Pair {
  model: ModelCase;
  held: HeldCase;
  now: Date;
}

const CASE = 'case_01HB0000000000000000000001';

function openPair(draw: OpeningDraw, now: Date, tally: Tally): Pair {
  tally.commands += 1;
  const viewer: Viewer = { kind: 'applicant', person: draw.applicant };
  const caseType = caseTypeOf(draw, 'ctype_model', shanghaiDay(now));
  const { held } = openHeld(openingOf(draw, shanghaiDay(now)), caseType, viewer, CASE, now);
  if (!held) throw new Error('a sound opening was refused');
  tally.opened += 1;
  return { model: modelOpening(draw, caseType, CASE, now), held, now };
}

function tryDeed(pair: Pair, { command, actor, now }: Deed, tally: Tally): void {
  tally.commands += 1;
  const expected = attempt(pair.model, command, actor, now);
  const { held, refused } = actOnHeld(pair.held, command, actor, now);
  const deed = { command, actor, now, state: pair.held.situation.case.course.state };
  mustAgree('It is answered otherwise', refused, expected.refused, deed);
  if (refused) noteRefused(tally, refused);
  pair.model = expected.case;
  pair.held = held;
  pair.now = now;
  const today = shanghaiDay(now);
  mustAgree('The case is another', viewOfHeld(held, today), viewOfModel(expected.case, today), deed);
  if (refused) return;
  if (!foldsToItself(held)) throw new Error('The fold of the log is not what is held');
  noteHappened(tally, expected.case.history.at(-1)!);
}

/** Something that somebody tries, or another case where the one before has come to its end or doesn't come further. */
class Try implements fc.Command<Pair, readonly OpeningDraw[]> {
  readonly draw: Draw;
  readonly tally: Tally;
  constructor(draw: Draw, tally: Tally) {
    this.draw = draw;
    this.tally = tally;
  }
  check = () => true;
  run(pair: Pair, real: readonly OpeningDraw[]): void {
    const { draw, tally } = this;
    const isAnother = isStuck(pair.model) && draw.pick % 2 === 0;
    const opening = real[Math.floor(draw.pick / 2) % real.length];
    if (isAnother && opening) Object.assign(pair, openPair(opening, pair.now, tally));
    else tryDeed(pair, deedOf(pair.model, draw, after(draw, pair.now, pair.model)), tally);
  }
  toString = () => JSON.stringify(this.draw);
}

/** Tries that many commands or more; throws what fast-check tells of the first divergence, shrunk. */
export function runOnDomain(options: { readonly count: number; readonly seed: number; readonly tally: Tally }): void {
  const { count, seed, tally } = options;
  const commands = fc.commands([draws.map((draw) => new Try(draw, tally))], { maxCommands: 60, size: 'max' });
  const story = fc.record({ beginning: beginnings, cases: fc.array(openings, { minLength: 1, maxLength: 4 }) });
  for (let round = 0; tally.commands < count; round++) {
    fc.assert(
      fc.property(story, commands, ({ beginning, cases }, tries) => {
        const now = inShanghai(beginning.day, beginning.minute * 60_000);
        fc.modelRun(() => ({ model: openPair(cases[0]!, now, tally), real: cases }), tries);
      }),
      { seed: seed + round, numRuns: 50 },
    );
  }
}
