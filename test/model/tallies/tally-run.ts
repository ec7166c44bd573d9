/** One run of random commands on three parks, and the comparison of every day's sums with the model's recount. */
import { addDays } from '../../../src/domain/calendar/day.ts';
import { usccOf } from '../../fixtures/enterprise.ts';
import type { TestSystem } from '../../harness.ts';
import type { Command } from './draws.ts';
import { type Comparison, ModelEnterprise, recount, recountLists, totals } from './model-park.ts';
import { clerk, officer, registrar, type StoredPark, StoredParks } from './stored-parks.ts';

const FIRST_DAY = '2020-03-17';
/** The days that are compared: some before and some after all that happens. */
const DAYS = Array.from({ length: 40 }, (_, i) => addDays(FIRST_DAY, i - 24));
/** Sums that a run compares: of three parks. */
export const DAY_SUMS_A_RUN = 3 * DAYS.length;
const MAX_ENTERPRISES = 5;
/** Days of which each begins a stay: more than an enterprise's record has. */
const MANY_STAYS = 24;

let numbers = 500_000;

export class TallyRun {
  readonly #stored: StoredParks;
  readonly #enterprises: ModelEnterprise[] = [];
  /** The recount of each closed day as it was when the day was closed or corrected, by park and day. */
  readonly #closed = new Map<string, string>();
  readonly #comparison: Comparison;
  #today = FIRST_DAY;

  constructor(system: TestSystem, comparison: Comparison) {
    this.#stored = new StoredParks(system);
    this.#comparison = comparison;
  }

  async run(commands: readonly Command[]): Promise<void> {
    await this.#stored.found();
    for (const [i, command] of commands.entries()) {
      const isAccepted = await this.#do(i < 2 ? { ...command, kind: 'REGISTER' } : command);
      if (!isAccepted) continue;
      const { accepted } = this.#comparison;
      accepted.set(command.kind, (accepted.get(command.kind) ?? 0) + 1);
      await this.#readStays();
      this.#compareClosed(command);
    }
    const random = commands.at(-1)?.random ?? 1;
    await this.#stored.deliver(this.#ids, random, 1);
    await this.#compare();
  }

  get #now(): Date {
    return new Date(`${this.#today}T02:00:00.000Z`);
  }

  get #ids(): string[] {
    return this.#enterprises.map(({ id }) => id);
  }

  async #readStays(): Promise<void> {
    for (const enterprise of this.#enterprises) {
      enterprise.stays = await this.#stored.staysOf(enterprise.id);
    }
  }

  /** Compares the sums that readers get of every park and day with the model's. */
  async #compare(): Promise<void> {
    for (const { id } of this.#stored.parks) {
      const lists = [await this.#stored.lists(id, this.#now), recountLists(this.#enterprises, id)];
      if (lists[0] !== lists[1]) this.#comparison.different.push(`lists of ${id}: ${lists.join(' instead of ')}`);
      const shown = await this.#stored.days(id, DAYS, this.#now);
      for (const [i, day] of DAYS.entries()) {
        this.#comparison.daySums += 1;
        const expected = recount(this.#enterprises, id, day);
        if (shown[i] !== expected) this.#comparison.different.push(`${id} ${day}: ${shown[i]} instead of ${expected}`);
      }
    }
  }

  /** A closed day changes by a correction of its park only. */
  #compareClosed({ kind }: Command): void {
    for (const [name, before] of this.#closed) {
      const [park = '', day = ''] = name.split(' ');
      const after = recount(this.#enterprises, park, day);
      if (totals(after) !== totals(before) && !kind.startsWith('CORRECT')) {
        this.#comparison.different.push(`${name}, which is closed: ${after} after ${before}, by ${kind}`);
      }
      this.#closed.set(name, after);
    }
  }

  async #do(command: Command): Promise<boolean> {
    switch (command.kind) {
      case 'NEXT_DAY':
        this.#today = addDays(this.#today, 1);
        return true;
      case 'DELIVER':
        await this.#stored.deliver(this.#ids, command.random, 2);
        return true;
      case 'REGISTER':
        return this.#register(command);
      case 'PUBLISH':
        return this.#publish(command);
      default: {
        const enterprise = this.#enterprises[command.enterprise % Math.max(this.#enterprises.length, 1)];
        return enterprise ? this.#doTo(enterprise, command.kind, command) : false;
      }
    }
  }

  async #doTo(enterprise: ModelEnterprise, kind: EnterpriseCommand, command: Command): Promise<boolean> {
    const { id } = enterprise;
    const { version, homeZoneId, uscc, registration } = await this.#stored.enterprise(id);
    const park = this.#parkOf(command);
    const day = addDays(this.#today, command.day);
    const own = { enterprise: id, version };
    const send = (mutation: string, input: object, viewer = clerk(id)) =>
      this.#stored.send(mutation, 'enterprise { id }', input, viewer, this.#now);
    const end = (parkId: string, lastDay: string) => {
      const isHome = this.#stored.parks.find((one) => one.id === parkId)?.zone === homeZoneId;
      return isHome
        ? this.#change('leavePark', id, { park: parkId, lastDay }, registrar(homeZoneId))
        : this.#change('endAdmission', id, { park: parkId, lastDay }, clerk(id));
    };
    switch (kind) {
      case 'REPORT':
        return this.#report(enterprise, command);
      case 'WITHDRAW':
        return this.#withdraw(enterprise, command);
      case 'CORRECT':
        return this.#correct(enterprise, command);
      case 'CORRECT_SETTLED':
        return this.#correctSettled(enterprise, command);
      case 'IMPORT': {
        const classes = { sector: command.sector, sizeClass: 'SMALL' };
        const facts = { nameZh: '企业', industryCode: 'I6513', ...classes, staffCount: String(command.staff) };
        const input = { park: park.id, residentFrom: day, rows: [{ line: 1, uscc, ...facts }] };
        const viewer = registrar(homeZoneId);
        const answer = await this.#stored.send('importEnterprises', 'rows { status }', input, viewer, this.#now);
        if (answer?.rows[0].status !== 'UPDATED') return false;
        enterprise.changeClasses({ sector: command.sector, size: 'SMALL' }, this.#today);
        return true;
      }
      case 'MANY_STAYS': {
        let isAccepted = false;
        // Each other number of staff ends a stay, so that the older ones settle.
        for (let back = MANY_STAYS; back >= 0; back--) {
          const staff = command.staff + (back % 3);
          const classes = { sector: command.sector, sizeClass: 'SMALL' };
          const facts = { nameZh: '企业', industryCode: 'I6513', ...classes, staffCount: String(staff) };
          const from = addDays(this.#today, -back);
          const input = { park: park.id, residentFrom: from, rows: [{ line: 1, uscc, ...facts }] };
          const viewer = registrar(homeZoneId);
          const answer = await this.#stored.send('importEnterprises', 'rows { status }', input, viewer, this.#now);
          if (answer?.rows[0].status !== 'UPDATED') continue;
          enterprise.changeClasses({ sector: command.sector, size: 'SMALL' }, this.#today);
          isAccepted = true;
        }
        return isAccepted;
      }
      case 'CHANGE': {
        const sizeClass = command.flag ? 'MICRO' : 'SMALL';
        const input = { ...own, sector: command.sector, sizeClass, ...(command.flag && { staffCount: command.staff }) };
        if (!(await send('changeEnterprise', input, registrar(homeZoneId)))) return false;
        enterprise.changeClasses({ sector: command.sector, size: sizeClass }, this.#today);
        return true;
      }
      case 'LEAVE':
        if (registration === 'CONFIRMED') return end(park.id, day);
        return (await send('challengeRegistration', { ...own, reason: 'NOT_AGREED' })) !== null;
      case 'MERGE': {
        const others = this.#enterprises.filter((one) => one !== enterprise);
        const into = others[command.random % Math.max(others.length, 1)];
        if (!into) return false;
        const terms = { into: into.id, on: addDays(this.#today, Math.min(command.day, 0)), source: 'Drawn.' };
        if (!(await send('mergeEnterprises', { ...own, ...terms }, { kind: 'admin', person: 'admin' }))) return false;
        for (const zone of new Set(this.#stored.parks.map((one) => one.zone))) {
          await this.#change('confirmSuccession', id, {}, registrar(zone));
        }
        return true;
      }
      case 'ADMIT': {
        const terms = { kind: 'OPERATING', staffCount: command.staff };
        const agreed = await send('agreeToAdmission', { ...own, park: park.id, from: day });
        const recorded = await this.#change(
          'recordAdmission',
          id,
          { park: park.id, from: day, ...terms },
          registrar(park.zone),
          false,
        );
        return agreed !== null || recorded;
      }
      case 'END_ADMISSION':
        return (await send('endAdmission', { ...own, park: park.id, lastDay: day })) !== null;
      case 'MOVE': {
        if (!(await send('requestMove', { ...own, park: park.id, keepsSites: command.flag }))) return false;
        await this.#change('acceptMove', id, {}, registrar(park.zone));
        await this.#change('handOverEnterprise', id, {}, registrar(homeZoneId));
        return true;
      }
    }
  }

  /** Sends a mutation of an enterprise with the version that it has now. */
  async #change(
    mutation: string,
    id: string,
    input: object,
    viewer: ReturnType<typeof clerk>,
    isVersioned = true,
  ): Promise<boolean> {
    const seen = isVersioned ? { version: (await this.#stored.enterprise(id)).version } : {};
    const given = { enterprise: id, ...seen, ...input };
    return (await this.#stored.send(mutation, 'enterprise { id }', given, viewer, this.#now)) !== null;
  }

  async #register(command: Command): Promise<boolean> {
    if (this.#enterprises.length >= MAX_ENTERPRISES) return false;
    const park = this.#parkOf(command);
    const classes = { sector: command.sector, sizeClass: 'SMALL' };
    const input = {
      park: park.id,
      residentFrom: addDays(this.#today, Math.min(command.day, 0) - (command.flag ? 40 : 2)),
      uscc: usccOf(numbers++),
      nameZh: '企业',
      industryCode: 'I6513',
      ...classes,
      staffCount: command.staff,
    };
    const viewer = registrar(park.zone);
    const answer = await this.#stored.send('registerEnterprise', 'enterprise { id }', input, viewer, this.#now);
    if (!answer) return false;
    const { id } = answer.enterprise;
    this.#enterprises.push(new ModelEnterprise(id, { sector: command.sector, size: 'SMALL' }));
    if (command.random % 5 > 0) await this.#change('confirmRegistration', id, {}, clerk(id));
    return true;
  }

  async #report(enterprise: ModelEnterprise, command: Command): Promise<boolean> {
    const { id } = enterprise;
    const { mode, staff } = command;
    const day = addDays(this.#today, Math.min(command.day, 0));
    const corrects = enterprise.reports.has(day) ? await this.#stored.reportVersion(id, day) : null;
    const figures = {
      mode,
      staffTotal: staff,
      staffReturned: mode === 'NOT_RESUMED' ? 0 : command.random % (staff + 1),
    };
    const input = { reports: [{ enterprise: id, on: day, ...figures, corrects }] };
    const answer = await this.#stored.send('reportOperations', 'reports { version }', input, clerk(id), this.#now);
    if (answer) enterprise.reports.set(day, figures);
    return answer !== null;
  }

  async #withdraw(enterprise: ModelEnterprise, { random }: Command): Promise<boolean> {
    const { id, reports } = enterprise;
    const day = [...reports.keys()][random % Math.max(reports.size, 1)];
    if (day === undefined) return false;
    const input = { enterprise: id, on: day, version: await this.#stored.reportVersion(id, day), reason: 'Drawn.' };
    const answer = await this.#stored.send('withdrawReport', 'report { version }', input, clerk(id), this.#now);
    if (answer) reports.delete(day);
    return answer !== null;
  }

  async #publish(command: Command): Promise<boolean> {
    // Days of the first park close when they are published.
    const { id, zone } = this.#stored.parks[0] as StoredPark;
    const on = addDays(this.#today, command.flag ? -(command.random % (MANY_STAYS + 1)) : Math.min(command.day, 0));
    const [shown = ''] = await this.#stored.days(id, [on], this.#now);
    const input = { park: id, on, seen: totals(shown) };
    const viewer = officer(zone, 'publisher', 'PUBLISH_FIGURES');
    const answer = await this.#stored.send('publishDay', 'resumption { status }', input, viewer, this.#now);
    if (answer) this.#closed.set(`${id} ${on}`, recount(this.#enterprises, id, on));
    return answer !== null;
  }

  /** Proposes a correction of closed days of the first park, and accepts it by another officer. */
  async #correct(enterprise: ModelEnterprise, command: Command): Promise<boolean> {
    const { id, reports } = enterprise;
    const { id: park, zone } = this.#stored.parks[0] as StoredPark;
    const closed = [...this.#closed.keys()].map((name) => name.split(' ')[1] ?? '');
    const day = closed[command.random % Math.max(closed.length, 1)];
    if (day === undefined) return false;
    const version = await this.#stored.reportVersion(id, day);
    const isReported = reports.has(day);
    const figures = { mode: 'ON_SITE', staffTotal: command.staff, staffReturned: command.staff } as const;
    const { version: seen, residencies } = await this.#stored.enterprise(id);
    const stays = residencies.flatMap(({ parkId, ...stay }) => (parkId === park ? [stay] : []));
    const from = addDays(day, command.day);
    const restated = stays.map((stay, i) =>
      i === stays.length - 1 && (stay.to === null || from <= stay.to) ? { ...stay, from } : stay,
    );
    const asked = command.flag
      ? { stays: [{ enterprise: id, version: seen, stays: restated }] }
      : isReported && command.random % 2 === 0
        ? { withdrawals: [{ enterprise: id, on: day, version }] }
        : { reports: [{ enterprise: id, on: day, ...figures, corrects: isReported ? version : null }] };
    if (!(await this.#decide(zone, { park, ...asked }))) return false;
    if ('withdrawals' in asked) reports.delete(day);
    if ('reports' in asked) reports.set(day, figures);
    return true;
  }

  /** Proposes a correction, and accepts it by another officer of the zone. */
  async #decide(zone: string, asked: { readonly park: string; readonly [field: string]: unknown }): Promise<boolean> {
    const { park } = asked;
    const input = { reason: 'Drawn.', ...asked };
    const proposer = officer(zone, 'proposer', 'PUBLISH_FIGURES');
    const proposed = await this.#stored.send(
      'proposeCorrection',
      'proposal { id version }',
      input,
      proposer,
      this.#now,
    );
    if (!proposed) return false;
    const accepted = { park, proposal: proposed.proposal.id, version: proposed.proposal.version };
    const acceptor = officer(zone, 'acceptor', 'ACCEPT_FIGURES');
    return (await this.#stored.send('acceptFigures', 'proposal { state }', accepted, acceptor, this.#now)) !== null;
  }

  /** Corrects one or two settled stays in a park: other staff, or one stay less. */
  async #correctSettled({ id }: ModelEnterprise, { random, staff }: Command): Promise<boolean> {
    const { settledTo = '', version } = await this.#stored.enterprise(id);
    const settled = (await this.#stored.staysOf(id))
      .flatMap(({ parkId, kind, from, to }) => (to !== null && to <= settledTo ? [{ parkId, kind, from, to }] : []))
      .toSorted((a, b) => (a.from < b.from ? -1 : 1));
    const start = random % Math.max(settled.length, 1);
    const replaced = settled.slice(start, start + 1 + (random % 2));
    const park = this.#stored.parks.find((one) => one.id === replaced[0]?.parkId);
    const [from, to] = [replaced[0]?.from, replaced.at(-1)?.to];
    if (!park || !from || !to) return false;
    const stays = replaced
      .slice(random % 5 === 0 ? 1 : 0)
      .map(({ parkId: _, ...stay }, i) => ({ ...stay, registeredStaff: staff + i }));
    const corrected = { enterprise: id, version, stays, settledDays: { from, to } };
    return this.#decide(park.zone, { park: park.id, stays: [corrected] });
  }

  #parkOf({ park }: Command): StoredPark {
    return this.#stored.parks[park % this.#stored.parks.length] as StoredPark;
  }
}

type EnterpriseCommand = Exclude<Command['kind'], 'NEXT_DAY' | 'DELIVER' | 'REGISTER' | 'PUBLISH'>;
