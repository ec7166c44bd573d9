import fc from 'fast-check';
import { addDays, dayInShanghai } from '../../../src/domain/calendar/day.ts';
import type { Viewer } from '../../../src/domain/viewer.ts';
import { usccOf } from '../../fixtures/enterprise.ts';
import { CHEN, type FiguresStory, figuresStory, LI } from '../../fixtures/figures-story.ts';
import { NOW, startTestSystem, type TestSystem } from '../../harness.ts';

/**
 * Whatever clerks report, offices import and officers publish, propose and accept, in whatever order, twice and cut short: what
 * is shown of every day follows a naive model, no revision ever changes, and every instant's figures stay readable.
 * `FIGURES_RUNS=200 npm test -- test/e2e/published-figures/figures.property.test.ts` runs it for longer.
 */

const RUNS = Number(process.env.FIGURES_RUNS ?? 5);
const SEED = Number(process.env.FIGURES_SEED ?? 20_200_316);
const DAYS = ['2020-03-14', '2020-03-15', '2020-03-16'];

let system: TestSystem;
let rows = 700_000;
/** How often the runs came to a publication, a correction that was accepted, and a write that a closed day refused. */
const reached: Record<string, number> = {};
const reach = (what: 'published' | 'corrected' | 'refused' | 'resumed') => {
  reached[what] = (reached[what] ?? 0) + 1;
};

beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => system.stop());

const enterprise = fc.nat({ max: 2 });
const day = fc.constantFrom(...DAYS);
const fault = fc.constantFrom('NONE', 'NONE', 'LOST', 'TWICE', 'DIES');

const action = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('REPORT' as const), enterprise, day, returned: fc.nat({ max: 10 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('IMPORT' as const), day }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('PUBLISH' as const), day, isStale: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('WAIT' as const), days: fc.constantFrom(1, 3, 8) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('CORRECT' as const),
      what: fc.constantFrom('REPORT', 'STAYS', 'RECOUNT'),
      enterprise,
      day,
      returned: fc.nat({ max: 10 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('ACCEPT' as const),
      which: fc.nat({ max: 3 }),
      by: fc.constantFrom(LI, CHEN, CHEN),
      fault,
      dies: fc.nat({ max: 3 }),
    }),
  },
);
type Action = typeof action extends fc.Arbitrary<infer One> ? One : never;
type Of<Kind extends Action['kind']> = Extract<Action, { kind: Kind }>;

/** Some days are reported, most are published, and a week later those are closed. */
const beginning: fc.Arbitrary<Action[]> = fc
  .tuple(
    fc.array(fc.record({ kind: fc.constant('REPORT' as const), enterprise, day, returned: fc.nat({ max: 10 }) }), {
      maxLength: 3,
    }),
    fc.subarray(DAYS, { minLength: 2 }),
  )
  .map(([reports, days]) => [
    ...reports,
    ...days.map((on) => ({ kind: 'PUBLISH' as const, day: on, isStale: false })),
    { kind: 'WAIT', days: 8 },
  ]);

interface Figures {
  readonly residents: number;
  readonly staff: number;
  readonly returned: number;
  readonly resumed: number;
}

const textOf = ({ residents, staff, returned, resumed }: Figures) =>
  `${resumed}+0/${residents} ${returned}/${staff} ${resumed}`;

interface Held {
  readonly id: string;
  readonly expires: number;
  readonly reports: readonly { readonly enterprise: string; readonly day: string; readonly returned: number }[];
  readonly stays: string | null;
  readonly after: ReadonlyMap<string, string>;
  /** How much had happened when it was proposed. */
  readonly happened: number;
  isOpen: boolean;
}

/** What should be there, counted anew each time. */
class Model {
  /** From which day on each enterprise is resident, with ten staff. */
  readonly from = new Map<string, string>();
  readonly reports = new Map<string, { version: number; returned: number }>();
  readonly published = new Map<string, { closes: number; revisions: { at: number; text: string }[] }>();
  readonly proposals: Held[] = [];
  happened = 0;

  computed(on: string): string {
    const residents = [...this.from].filter(([, from]) => from <= on);
    const reports = residents.flatMap(([id]) => this.reports.get(`${id} ${on}`) ?? []);
    return textOf({
      residents: residents.length,
      staff: residents.length * 10,
      returned: reports.reduce((sum, report) => sum + report.returned, 0),
      resumed: reports.length,
    });
  }

  isClosed(on: string, now: number): boolean {
    const day = this.published.get(on);
    return day !== undefined && day.closes <= now;
  }

  shown(on: string): string {
    return this.published.get(on)?.revisions.at(-1)?.text ?? this.computed(on);
  }

  asOf(on: string, instant: number): string | null {
    return this.published.get(on)?.revisions.findLast(({ at }) => at <= instant)?.text ?? null;
  }

  publish(on: string, at: number, text: string, graceDays = 7): void {
    const before = this.published.get(on);
    const revisions = [...(before?.revisions ?? []), { at, text }];
    this.published.set(on, { closes: before?.closes ?? at + graceDays * 86_400_000, revisions });
  }
}

/** One run: a park of its own, a model, and a clock that only goes on. */
class Run {
  readonly model = new Model();
  readonly story: FiguresStory;
  time = NOW.getTime();
  readonly instants: number[] = [];

  constructor(story: FiguresStory) {
    this.story = story;
    for (const id of story.enterprises) this.model.from.set(id, '2020-01-01');
  }

  get now(): Date {
    return new Date(this.time);
  }

  async step(one: Action): Promise<void> {
    this.time += 60_000;
    await this.#do(one);
    await this.story.count();
    await this.check();
    this.instants.push(this.time);
  }

  #do(one: Action): Promise<void> {
    switch (one.kind) {
      case 'REPORT':
        return this.#report(one);
      case 'IMPORT':
        return this.#import(one);
      case 'PUBLISH':
        return this.#publish(one);
      case 'CORRECT':
        return this.#correct(one);
      case 'ACCEPT':
        return this.#accept(one);
      case 'WAIT':
        this.time += one.days * 86_400_000;
        return Promise.resolve();
    }
  }

  async #report({ enterprise: place, day: on, returned }: Of<'REPORT'>): Promise<void> {
    const id = this.story.enterprises[place] ?? '';
    const before = this.model.reports.get(`${id} ${on}`);
    const answer = await this.story.report(id, on, returned, before?.version ?? null, this.now);
    if (this.model.from.get(id) === undefined) {
      expect(answer).toMatchObject({ reports: null });
    } else if (this.model.isClosed(on, this.time)) {
      reach('refused');
      expect(answer).toMatchObject({ reports: null, userErrors: [{ code: 'DAY_CLOSED' }] });
    } else {
      expect(answer).toMatchObject({ reports: [{ version: (before?.version ?? 0) + 1 }] });
      this.model.reports.set(`${id} ${on}`, { version: (before?.version ?? 0) + 1, returned });
      this.model.happened += 1;
    }
  }

  async #import({ day: on }: Of<'IMPORT'>): Promise<void> {
    const row = {
      line: 1,
      uscc: usccOf(rows++),
      nameZh: '测试企业',
      industryCode: 'I6513',
      sector: 'DIGITAL_ECONOMY',
      sizeClass: 'SMALL',
      staffCount: '10',
    };
    const registrar: Viewer = { kind: 'officer', person: 'r', agency: 'PARK', zone: 'zone_teda', roles: ['REGISTER'] };
    const input = { park: this.story.park, residentFrom: on, rows: [row] };
    const { data } = await this.story.send('importEnterprises', input, registrar, this.now);
    const [result] = data.importEnterprises.rows;
    if (DAYS.some((each) => each >= on && this.model.isClosed(each, this.time))) {
      reach('refused');
      expect(result).toMatchObject({ status: 'REFUSED', userErrors: [{ code: 'DAY_CLOSED' }] });
      return;
    }
    expect(result).toMatchObject({ status: 'CREATED' });
    this.story.also(result.enterprise.id);
    this.model.from.set(result.enterprise.id, on);
    this.model.happened += 1;
  }

  async #publish({ day: on, isStale }: Of<'PUBLISH'>): Promise<void> {
    const computed = this.model.computed(on);
    const seen = isStale ? '9+9/9 9/9 9' : computed;
    const answer = await this.story.publish(on, seen, LI, this.now);
    const published = this.model.published.get(on);
    if (this.model.isClosed(on, this.time)) expect(answer).toMatchObject({ userErrors: [{ code: 'DAY_CLOSED' }] });
    else if (!published && on < addDays(dayInShanghai(this.now), -7)) {
      expect(answer).toMatchObject({ userErrors: [{ code: 'NOT_ALLOWED' }] });
    } else if (isStale) expect(answer).toMatchObject({ userErrors: [{ code: 'VERSION_CONFLICT' }] });
    else if (this.model.shown(on) === computed && published) {
      expect(answer).toMatchObject({ userErrors: [{ code: 'ALREADY_EXISTS' }] });
    } else {
      expect(answer).toMatchObject({ userErrors: [] });
      reach('published');
      this.model.publish(on, this.time, computed);
      this.model.happened += 1;
    }
  }

  async #correct({ what, enterprise: place, day: on, returned }: Of<'CORRECT'>): Promise<void> {
    const id = this.story.enterprises[place] ?? '';
    const corrects = this.model.reports.get(`${id} ${on}`)?.version ?? null;
    const report = { enterprise: id, on, mode: 'ON_SITE', staffTotal: 10, staffReturned: returned, corrects };
    const asked = {
      REPORT: { reports: [report] },
      STAYS: { stays: [{ enterprise: id, version: this.model.from.has(id) ? 1 : 2, stays: [] }] },
      RECOUNT: { recount: [on] },
    }[what];
    const input = { park: this.story.park, reason: 'The model says so.', ...asked };
    const { data } = await this.story.send('proposeCorrection', input, LI, this.now);
    const { proposal } = data.proposeCorrection;
    if (!proposal) return;
    expect(proposal.days.every((each: { on: string }) => this.model.isClosed(each.on, this.time))).toBe(true);
    this.model.proposals.push({
      id: proposal.id,
      expires: this.time + 14 * 86_400_000,
      reports: what === 'REPORT' ? [{ enterprise: id, day: on, returned }] : [],
      stays: what === 'STAYS' ? id : null,
      after: new Map(proposal.days.map((each: ProposedDay) => [each.on, figuresText(each.after)])),
      happened: this.model.happened,
      isOpen: true,
    });
  }

  async #accept({ which, by, fault: broken, dies }: Of<'ACCEPT'>): Promise<void> {
    const { proposals } = this.model;
    const held = proposals.at(-1 - (which % Math.max(proposals.length, 1)));
    if (!held) return;
    const key = `model-${this.story.park}-${this.time}`;
    const input = { park: this.story.park, proposal: held.id, version: 1, idempotencyKey: key };
    const send = () => this.story.send('acceptFigures', input, by, this.now);
    if (broken === 'LOST') system.dynamo.loseAnswers(2);
    if (broken === 'DIES') dieAfter(dies);
    const answers = await (broken === 'TWICE' ? Promise.all([send(), send()]) : Promise.all([send()]));
    system.dynamo.loseAnswers(0);
    system.dynamo.beforeNextTransaction(async () => undefined);
    let answer = answers.find(({ data }) => data?.acceptFigures)?.data.acceptFigures;
    if (!answer) {
      // The process died: before it comes again, nothing of it is seen; then it becomes current at that later instant.
      await this.story.count();
      reach('resumed');
      await this.check(true);
      this.time += 3_600_000;
      answer = (await send()).data.acceptFigures;
    }
    if (by === LI || !held.isOpen || held.expires <= this.time) {
      expect(answer).toMatchObject({ proposal: null, userErrors: [{ code: 'NOT_ALLOWED' }] });
      return;
    }
    if (held.happened === this.model.happened) expect(answer).toMatchObject({ userErrors: [] });
    if (answer.proposal === null) {
      expect(answer).toMatchObject({ userErrors: [{ code: 'VERSION_CONFLICT' }] });
      return;
    }
    reach('corrected');
    held.isOpen = false;
    for (const { enterprise: id, day: on, returned } of held.reports) {
      const version = this.model.reports.get(`${id} ${on}`)?.version ?? 0;
      this.model.reports.set(`${id} ${on}`, { version: version + 1, returned });
    }
    if (held.stays) this.model.from.delete(held.stays);
    for (const [on, text] of held.after) this.model.publish(on, this.time, text);
    this.model.happened += 1;
  }

  /** @param isCutShort whether reports and stays are half changed: what is published must not show it */
  async check(isCutShort = false): Promise<void> {
    for (const on of DAYS) {
      if (isCutShort && !this.model.published.has(on)) continue;
      const instants = this.instants.slice(-6);
      const [shown = null, ...earlier] = await this.story.dayAsOf(on, this.now, [null, ...instants]);
      expect([on, shown && figuresText(shown)]).toEqual([on, withoutReports(this.model.shown(on))]);
      if (!isCutShort) expect(shown?.fingerprint).toBe(this.model.computed(on));
      for (const [index, instant] of instants.entries()) {
        const then = earlier[index] ?? null;
        const expected = this.model.asOf(on, instant);
        expect([on, instant, then && figuresText(then)]).toEqual([on, instant, expected && withoutReports(expected)]);
      }
    }
  }
}

interface ShownFigures {
  readonly production: { readonly numerator: number; readonly denominator: number };
  readonly returnToWork: { readonly numerator: number; readonly denominator: number };
}
interface ProposedDay {
  readonly on: string;
  readonly after: ShownFigures;
}

const figuresText = ({ production, returnToWork }: ShownFigures) =>
  `${production.numerator}+0/${production.denominator} ${returnToWork.numerator}/${returnToWork.denominator}`;
const withoutReports = (text: string) => text.split(' ').slice(0, 2).join(' ');

/** Lets so many transactions through, and then ends the request that sends the next. */
function dieAfter(transactions: number): void {
  let left = transactions;
  const step = async () => {
    if (left-- === 0) throw new Error('killed by the test');
    system.dynamo.beforeNextTransaction(step);
  };
  system.dynamo.beforeNextTransaction(step);
}

test('what is shown of every day follows the model, now and as of every instant', async () => {
  await fc.assert(
    fc.asyncProperty(beginning, fc.array(action, { minLength: 6, maxLength: 12 }), async (first, then) => {
      const run = new Run(await figuresStory(system, 3));
      for (const one of [...first, ...then]) await run.step(one);
    }),
    { numRuns: RUNS, seed: SEED, endOnFailure: true },
  );
  // The runs came to what they are about.
  expect(reached).toMatchObject({
    published: expect.any(Number),
    corrected: expect.any(Number),
    refused: expect.any(Number),
  });
}, 3_600_000);
