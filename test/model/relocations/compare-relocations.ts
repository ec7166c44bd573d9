/** Random commands on relocations and the moves that they lead to, by the domain's rules and by the second reading. */
import fc from 'fast-check';
import { addDays } from '../../../src/domain/calendar/day.ts';
import {
  decideConfirmation,
  decideOpening,
  decideStatement,
  decideWithdrawal,
  type RelocationDecision,
  registered,
} from '../../../src/domain/linkages/relocating.ts';
import {
  agreedFacts,
  differencesOf,
  isListed,
  type RelocationFacts,
  type RelocationRecord,
  relocationEvent,
  relocationState,
} from '../../../src/domain/linkages/relocation.ts';
import { decideRegister } from '../../../src/domain/register/decide.ts';
import { arrangedMove } from '../../../src/domain/register/move-steps.ts';
import type { RegisterChange, RegisterSituation } from '../../../src/domain/register/situation.ts';
import type { Viewer } from '../../../src/domain/viewer.ts';
import { enterpriseOf } from '../../fixtures/enterprise.ts';
import { mustAgree } from '../agree.ts';
import { isValid, ModelFirm, ModelRelocation, type Said, type Zone } from './model-relocations.ts';

const ZONES = ['zone_a', 'zone_b', 'zone_c'] as const;
const FIRST_DAY = '2026-01-05';
const KINDS = [
  ...['OPEN', 'OPEN', 'STATE', 'STATE', 'STATE', 'STATE', 'CONFIRM', 'CONFIRM', 'CONFIRM', 'CONFIRM'],
  ...['WITHDRAW', 'ASK', 'ASK', 'ASK', 'DECLINE', 'ACCEPT'],
] as const;

const zone = fc.constantFrom(...ZONES);
const said: fc.Arbitrary<Said> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...statements()) },
  {
    weight: 1,
    arbitrary: fc.record({
      ledBy: fc.constantFrom('ENTERPRISE', 'GOVERNMENT', 'MARKET'),
      list: fc.constantFrom(null, '', '2026-1', 'x'.repeat(65)),
      relieves: fc.constantFrom(null, 'INDUSTRY'),
      sites: fc.constantFrom([], ['site_1', 'site_1'], ['site_other']),
    }),
  },
);

/** Few valid statements, so that two zones often say the same. */
function statements(): readonly Said[] {
  return [
    { ledBy: 'GOVERNMENT', list: '2026-1', relieves: 'INDUSTRY', sites: [] },
    { ledBy: 'GOVERNMENT', list: '2026-2', relieves: 'INDUSTRY', sites: ['site_1'] },
    { ledBy: 'MARKET', list: null, relieves: null, sites: ['site_2', 'site_1'] },
    { ledBy: 'ENTERPRISE', list: null, relieves: null, sites: [] },
  ];
}

const command = fc.record({
  kind: fc.constantFrom(...KINDS),
  zone,
  other: zone,
  said,
  /** Which relocation; the newest more often. */
  back: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(4) }),
  /** A party instead of the drawn zone, mostly. */
  party: fc.oneof({ weight: 6, arbitrary: fc.nat(1) }, { weight: 1, arbitrary: fc.constant(null) }),
  isStale: fc.oneof({ weight: 15, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  wait: fc.constantFrom(0, 0, 1),
});
type Command = typeof command extends fc.Arbitrary<infer One> ? One : never;

export const commands = fc.array(command, { minLength: 50, maxLength: 50 });

export type RelocationsTally = Record<(typeof KINDS)[number] | 'commands' | 'moved' | 'arranged' | 'listed', number>;
export const newRelocationsTally = (): RelocationsTally => ({
  ...{
    commands: 0,
    moved: 0,
    arranged: 0,
    listed: 0,
    OPEN: 0,
    STATE: 0,
    CONFIRM: 0,
    WITHDRAW: 0,
    ASK: 0,
    DECLINE: 0,
    ACCEPT: 0,
  },
});

type Enterprise = RegisterSituation['enterprise'];
interface Pair {
  record: RelocationRecord;
  readonly model: ModelRelocation;
}

const parkOf = (id: string) => id.replace('zone', 'park');
const noon = (day: string) => new Date(`${day}T04:00:00.000Z`);

/** The domain's firm and relocations beside the model's, through one list of commands. */
class World {
  enterprise: Enterprise = enterpriseOf(1, {
    homeZoneId: 'zone_a',
    residencies: [{ parkId: 'park_a', kind: 'OPERATING', from: '2025-01-01', to: null, registeredStaff: 10 }],
  });
  readonly firm = new ModelFirm();
  readonly pairs: Pair[] = [];
  today = FIRST_DAY;

  /** Takes over a change of the register; a completed move becomes a relocation, as the stream makes it. */
  change({ change, event }: RegisterChange): boolean {
    this.enterprise = { ...this.enterprise, ...change, version: this.enterprise.version + 1 };
    if (event.kind !== 'MOVED') return false;
    const { move } = this.enterprise;
    if (!move?.completedOn) throw new Error('a move is completed without a day');
    const { fromZoneId, toZoneId, toParkId, completedOn } = move;
    const waiting = this.waiting(fromZoneId, toZoneId);
    if (waiting) {
      waiting.record = registered(waiting.record, { toParkId, registeredOn: completedOn });
      waiting.model.movedOn = this.today;
      waiting.model.version += 1;
      return true;
    }
    const model = new ModelRelocation(fromZoneId as Zone, toZoneId as Zone);
    model.movedOn = this.today;
    model.version = 1;
    const ids = { id: `reloc_${this.pairs.length}`, enterpriseId: this.enterprise.id, fromZoneId, toZoneId, toParkId };
    const nothing = { confirmedOn: null, withdrawnOn: null, agreementId: null, statements: [] };
    this.pairs.push({ model, record: { ...ids, ...nothing, version: 1, registeredOn: completedOn } });
    return true;
  }

  /** Returns the relocation between two zones that waits for the move. The store allows one. */
  waiting(from: string, to: string): Pair | undefined {
    return this.pairs.find(
      ({ model }) => model.from === from && model.to === to && model.movedOn === null && !model.isWithdrawn,
    );
  }
}

/** Carries out commands on both sides, and throws where they differ. */
export function compareRelocations(list: readonly Command[], tally: RelocationsTally): void {
  const world = new World();
  for (const drawn of list) {
    const pair = world.pairs.at(-1 - drawn.back);
    const each = { ...drawn, zone: partyOf(world, pair, drawn) };
    world.today = addDays(world.today, each.wait);
    tally.commands += 1;
    if (carryOut(world, pair, each, tally)) tally[each.kind] += 1;
    compareStates(world, each, tally);
  }
}

function partyOf({ firm }: World, pair: Pair | undefined, { party, zone, kind }: Command): Zone {
  if (party === null) return zone;
  if (kind === 'OPEN') return firm.home;
  return pair ? ([pair.model.from, pair.model.to][party] ?? zone) : zone;
}

/** Returns whether the command was accepted. */
function carryOut(world: World, pair: Pair | undefined, each: Command, tally: RelocationsTally): boolean {
  switch (each.kind) {
    case 'OPEN':
      return open(world, each);
    case 'STATE':
    case 'CONFIRM':
    case 'WITHDRAW':
      return pair !== undefined && step(world, pair, each, tally);
    case 'ASK':
    case 'DECLINE':
      return ask(world, each, tally);
    case 'ACCEPT':
      return accept(world, tally);
  }
}

const officer = (of: string, role: 'PUBLISH' | 'REGISTER'): Viewer => ({
  ...{ kind: 'officer', person: 'o', agency: 'PARK', zone: of, roles: [role] },
});
const factsOf = ({ ledBy, list, relieves, sites }: Said): RelocationFacts => ({
  ledBy: ledBy as RelocationFacts['ledBy'],
  listNumber: list,
  relieves: relieves as RelocationFacts['relieves'],
  remainingSiteIds: sites,
  agreementId: null,
});
const GROUNDS = { agreement: null, siteIds: ['site_1', 'site_2'] };

function open(world: World, { zone, other, said: first }: Command): boolean {
  const { firm, today, enterprise } = world;
  // The store refuses a second one between the same zones.
  if (world.waiting(firm.home, other)) return false;
  const decision = decideOpening(
    { id: `reloc_${world.pairs.length}`, enterpriseId: enterprise.id, toParkId: parkOf(other), facts: factsOf(first) },
    { ...GROUNDS, enterprise: { homeZoneId: enterprise.homeZoneId, state: 'CONFIRMED' }, park: { zoneId: other } },
    officer(zone, 'PUBLISH'),
    noon(today),
  );
  const isAllowed = other !== firm.home && (zone === firm.home || zone === other) && isValid(first);
  mustAgree('a relocation is opened', decision.ok, isAllowed, decision);
  if (!decision.ok) return false;
  const model = new ModelRelocation(firm.home, other);
  model.say(zone, first);
  world.pairs.push({ record: decision.value, model });
  return true;
}

function step(
  world: World,
  pair: Pair,
  { kind, zone, said: next, isStale }: Command,
  tally: RelocationsTally,
): boolean {
  const { record, model } = pair;
  const version = record.version - (isStale ? 1 : 0);
  const [viewer, now] = [officer(zone, 'PUBLISH'), noon(world.today)];
  const decide: Readonly<Record<string, () => RelocationDecision>> = {
    STATE: () => decideStatement(record, { version, facts: factsOf(next) }, GROUNDS, viewer, now),
    CONFIRM: () => decideConfirmation(record, version, viewer, now),
    WITHDRAW: () => decideWithdrawal(record, version, viewer, now),
  };
  const decision = decide[kind]?.();
  if (!decision) throw new Error(`${kind} is no step`);
  const was = model.wasConfirmed;
  const steps: Readonly<Record<string, () => boolean>> = {
    STATE: () => model.say(zone, next),
    CONFIRM: () => model.confirm(zone),
    WITHDRAW: () => model.withdraw(zone),
  };
  const isAllowed = !isStale && (steps[kind]?.() ?? false);
  mustAgree(`${kind} of a relocation`, decision.ok, isAllowed, { decision, record, zone, next });
  if (!decision.ok) return false;
  pair.record = decision.value;
  const isConfirmation = relocationEvent(record, decision.value) === 'CONFIRMED';
  mustAgree('both zones are told of the confirmation once', isConfirmation, !was && model.wasConfirmed, record);
  if (isConfirmation && model.movedOn === null) arrange(world, pair, tally);
  return true;
}

/** Brings a confirmation to the register, as the stream does. */
function arrange(world: World, { record, model }: Pair, tally: RelocationsTally): void {
  const { fromZoneId, toZoneId, toParkId } = record;
  const situation = { enterprise: world.enterprise, lastReported: null };
  const arrangement = { fromZoneId, toZoneId, toParkId: toParkId ?? '' };
  const change = arrangedMove(situation, arrangement, world.today);
  const isMove = world.firm.arrange(model.from, model.to);
  const hasMoved = change !== null && world.change(change);
  mustAgree('a confirmation completes a move', hasMoved, isMove, change);
  tally[isMove ? 'moved' : 'arranged'] += 1;
}

function register(
  world: World,
  action: 'WITHDRAW_MOVE' | 'ACCEPT_MOVE' | 'HAND_OVER' | 'REQUEST_MOVE',
  viewer: Viewer,
  to?: Zone,
) {
  const park = to === undefined ? null : { parkId: parkOf(to), zoneId: to };
  const command =
    action === 'REQUEST_MOVE'
      ? { action, version: null, parkId: parkOf(to ?? ''), keepsSites: false }
      : { action, version: null };
  const situation = { enterprise: world.enterprise, successors: [], park, lastReported: null };
  return decideRegister(situation, command, viewer, noon(world.today));
}

function ask(world: World, { kind, other }: Command, tally: RelocationsTally): boolean {
  const clerk: Viewer = { kind: 'clerk', person: 'c', enterprise: world.enterprise.id };
  const decision =
    kind === 'ASK' ? register(world, 'REQUEST_MOVE', clerk, other) : register(world, 'WITHDRAW_MOVE', clerk);
  const expected = kind === 'ASK' ? world.firm.ask(other) : world.firm.decline() ? false : null;
  mustAgree(`the firm's ${kind}`, decision.ok, expected !== null, decision);
  if (!decision.ok) return false;
  mustAgree('a request moves at once', world.change(decision.value), expected, decision);
  if (expected === true) tally.moved += 1;
  return true;
}

/** The receiving zone accepts and the old one hands over: the way without a confirmation. */
function accept(world: World, tally: RelocationsTally): boolean {
  const { asked, home } = world.firm;
  const accepted = register(world, 'ACCEPT_MOVE', officer(asked ?? 'zone_b', 'REGISTER'));
  mustAgree('a move is accepted', accepted.ok, asked !== null, accepted);
  if (!accepted.ok || asked === null) return false;
  world.change(accepted.value);
  const handed = register(world, 'HAND_OVER', officer(home, 'REGISTER'));
  if (!handed.ok) throw new Error('an accepted move is not handed over');
  world.firm.goTo(asked);
  mustAgree('a move that is handed over is complete', world.change(handed.value), true, handed);
  tally.moved += 1;
  return true;
}

function compareStates({ enterprise, firm, pairs }: World, each: Command, tally: RelocationsTally): void {
  mustAgree('the home of the firm', enterprise.homeZoneId, firm.home, each);
  const isArranged = enterprise.move?.state === 'ARRANGED' ? enterprise.move.toZoneId : null;
  mustAgree('the arranged move', isArranged, firm.arranged, each);
  for (const { record, model } of pairs) {
    const found = {
      ...{ state: relocationState(record), differences: differencesOf(record), version: record.version },
      ...{ ledBy: agreedFacts(record).ledBy ?? null, isListed: isListed(record), registeredOn: record.registeredOn },
      log: record.statements.map(({ zoneId, ledBy, listNumber }) => `${zoneId} ${ledBy} ${listNumber}`),
    };
    const list = model.agreed('list');
    const expected = {
      ...{ state: model.state, differences: model.differences, version: model.version, ledBy: model.agreed('ledBy') },
      isListed: model.agreed('ledBy') === 'GOVERNMENT' && list !== null,
      registeredOn: model.movedOn,
      log: model.log.map((line) => `${line.zone} ${line.said.ledBy} ${line.said.list}`),
    };
    mustAgree('a relocation', found, expected, { each, record });
    if (found.isListed) tally.listed += 1;
  }
}
