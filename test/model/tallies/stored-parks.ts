/** Parks over GraphQL and DynamoDB: mutations, the delivery of events, and the sums that readers get. */
import { SECTORS, SIZE_CLASSES } from '../../../src/domain/enterprises/industry.ts';
import type { Residency } from '../../../src/domain/enterprises/residency.ts';
import { OPERATION_MODES } from '../../../src/domain/published-figures/resumption.ts';
import type { OfficerRole, Viewer } from '../../../src/domain/viewer.ts';
import { createEnterprisesSubgraph } from '../../../src/resolvers/enterprises/index.ts';
import { readItem, readRange } from '../../../src/storage/dynamodb/read.ts';
import type { SettledStayItem } from '../../../src/storage/enterprises/history/items.ts';
import type { EnterpriseItem } from '../../../src/storage/enterprises/items.ts';
import { knownParkItem } from '../../../src/storage/enterprises/make-items.ts';
import { countEvents } from '../../../src/storage/enterprises/published-figures/count-events.ts';
import { enterpriseKeys, type PrimaryKey } from '../../../src/storage/tables.ts';
import type { Execute, TestSystem } from '../../harness.ts';
import { shuffledWithTwins } from './draws.ts';
import { dayText, listText } from './model-park.ts';

const ZONES = ['zone_teda', 'zone_teda', 'zone_baodi'] as const;

export interface StoredPark {
  readonly id: string;
  readonly zone: string;
}

export const officer = (zone: string, person: string, ...roles: OfficerRole[]): Viewer => ({
  kind: 'officer',
  person,
  agency: 'PARK',
  zone,
  roles,
});
export const registrar = (zone: string) => officer(zone, 'registrar', 'REGISTER');
export const clerk = (enterprise: string): Viewer => ({ kind: 'clerk', person: 'clerk', enterprise });

/** The input types that don't have the name of their mutation. */
const INPUTS: Readonly<Record<string, string>> = {
  acceptFigures: 'DecideFiguresInput',
  acceptMove: 'EnterpriseVersionInput',
  confirmRegistration: 'EnterpriseVersionInput',
  confirmSuccession: 'EnterpriseVersionInput',
  handOverEnterprise: 'EnterpriseVersionInput',
};

let runs = 0;

/** Three parks of their own, two of them in one zone. */
export class StoredParks {
  readonly parks: readonly StoredPark[];
  readonly #system: TestSystem;
  readonly #execute: Execute;
  #keys = 0;

  constructor(system: TestSystem) {
    this.#system = system;
    this.#execute = system.serve('enterprises', createEnterprisesSubgraph);
    const run = runs++;
    this.parks = ZONES.map((zone, i) => ({ id: `park_tallies-${run}-${i}`, zone }));
  }

  /** Stores the parks. The days of the first one close when they are published. */
  async found(): Promise<void> {
    const items = this.parks.map(({ id, zone }, i) => ({
      ...knownParkItem(id, zone),
      graceDays: i === 0 ? 0 : 7,
    }));
    await this.#system.write('enterprises', items);
  }

  /** Sends a mutation. Returns its payload; null where it is refused. */
  async send(mutation: string, answer: string, input: object, viewer: Viewer, now: Date) {
    const type = INPUTS[mutation] ?? `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${answer} userErrors { code message } } }`;
    const key = `${this.parks[0]?.id.slice(5)}-${this.#keys++}`;
    const { data, errors } = await this.#execute(query, { input: { idempotencyKey: key, ...input } }, { viewer, now });
    if (errors) throw new Error(`${mutation}: ${JSON.stringify(errors)}`);
    return data[mutation].userErrors.length === 0 ? data[mutation] : null;
  }

  async enterprise(id: string): Promise<EnterpriseItem> {
    const item = await readItem<EnterpriseItem>(this.#system.table('enterprises'), enterpriseKeys.enterprise(id), {
      consistent: true,
    });
    if (!item) throw new Error(`${id} is not stored`);
    return item;
  }

  /** Returns all stays of an enterprise, also the settled ones. */
  async staysOf(id: string): Promise<readonly Residency[]> {
    const { pk: partition, sk } = enterpriseKeys.settledStaysTo(id, '');
    const range = { partition, sort: { beginsWith: sk }, consistent: true };
    const settled = await readRange<SettledStayItem>(this.#system.table('enterprises'), range);
    return [...(await this.enterprise(id)).residencies, ...settled];
  }

  /** Returns the version of a day's report; null where it was never reported. */
  async reportVersion(id: string, day: string): Promise<number | null> {
    const key = enterpriseKeys.report(id, day);
    const item = await readItem<PrimaryKey & { readonly version: number }>(this.#system.table('enterprises'), key, {
      consistent: true,
    });
    return item?.version ?? null;
  }

  /**
   * Delivers events to the consumer, in any order, some twice.
   * @param share delivers every event for 1, every second one for 2
   */
  async deliver(ids: readonly string[], random: number, share: 1 | 2): Promise<void> {
    const table = this.#system.table('enterprises');
    const all = await Promise.all(ids.map((id) => readRange<PrimaryKey>(table, { partition: id, consistent: true })));
    const events = all.flat().filter(({ sk }) => /^(CHANGE|REPORTED)#/.test(sk));
    const some = shuffledWithTwins(events, random).filter((_, i) => i % share === 0);
    for (let start = 0; start < some.length; start += 7) {
      await countEvents(table, some.slice(start, start + 7), new Date('2020-03-17T00:00:00.000Z'));
    }
  }

  /** Returns the total counts of a park's lists, in the form of the model's. */
  async lists(parkId: string, now: Date): Promise<string> {
    const count = (alias: string, filter: string) => `${alias}: enterprises(first: 1${filter}) { totalCount }`;
    const fields = [
      count('all', ''),
      ...SECTORS.map((name) => count(name, `, sector: ${name}`)),
      ...SIZE_CLASSES.map((name) => count(name, `, size: ${name}`)),
    ];
    const park = await this.#ask(parkId, fields, now);
    const total = (alias: string): number => park[alias].totalCount;
    return listText(total('all'), SECTORS.map(total), SIZE_CLASSES.map(total));
  }

  /** Asks fields of a park as an administrator. */
  async #ask(parkId: string, fields: readonly string[], now: Date) {
    const query = `{ _entities(representations: [{ __typename: "Park", id: "${parkId}" }]) { ... on Park { ${fields.join('\n')} } } }`;
    const { data, errors } = await this.#execute(query, {}, { viewer: { kind: 'admin', person: 'admin' }, now });
    if (errors) throw new Error(JSON.stringify(errors));
    return data._entities[0];
  }

  /** Returns what an administrator reads of each of the days, in the form of the model's recount. */
  async days(parkId: string, days: readonly string[], now: Date): Promise<readonly string[]> {
    const ratio = 'production { numerator denominator } returnToWork { numerator denominator }';
    const fields = days.map(
      (day, i) => `
        f${i}: resumption(on: "${day}") { fingerprint }
        s${i}: resumptionBySector(on: "${day}") { sector ${ratio} }
        r${i}: resumptionBySize(on: "${day}") { size ${ratio} }
        z${i}: enterpriseCounts(by: SIZE, on: "${day}") { size enterprises { value } }
        n${i}: enterpriseCounts(by: MODE, on: "${day}") { mode enterprises { value } }
        m${i}: staffByMode(on: "${day}") { mode staff { value } returned { value } }`,
    );
    const park = await this.#ask(parkId, fields, now);
    return days.map((_, i) => shownText(park, i));
  }
}

interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
}
interface RatesRow {
  readonly sector?: string;
  readonly size?: string;
  readonly production: Ratio;
  readonly returnToWork: Ratio;
}
interface Row {
  readonly size?: string;
  readonly mode?: string;
  readonly enterprises: { readonly value: number };
}
interface StaffRow {
  readonly mode: string;
  readonly staff: { readonly value: number };
  readonly returned: { readonly value: number };
}

// biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query, which is a text above.
function shownText(park: any, i: number): string {
  const sectors: readonly RatesRow[] = park[`s${i}`] ?? [];
  const rates: readonly RatesRow[] = park[`r${i}`] ?? [];
  const sizes: readonly Row[] = park[`z${i}`] ?? [];
  const counts: readonly Row[] = park[`n${i}`] ?? [];
  const staff: readonly StaffRow[] = park[`m${i}`] ?? [];
  const text = ({ numerator, denominator }: Ratio) => `${numerator}/${denominator}`;
  const both = (row?: RatesRow) => (row ? `${text(row.production)} ${text(row.returnToWork)}` : '0/0 0/0');
  return dayText({
    fingerprint: park[`f${i}`]?.fingerprint ?? '0+0/0 0/0 0',
    sectors: SECTORS.map((sector) => both(sectors.find((one) => one.sector === sector))),
    sizes: SIZE_CLASSES.map((size) => {
      const count = sizes.find((one) => one.size === size)?.enterprises.value ?? 0;
      return `${count} ${both(rates.find((one) => one.size === size))}`;
    }),
    modes: OPERATION_MODES.map((mode) => {
      const row = staff.find((one) => one.mode === mode);
      const count = counts.find((one) => one.mode === mode)?.enterprises.value ?? 0;
      return `${count} ${row?.returned.value ?? 0}/${row?.staff.value ?? 0}`;
    }),
  });
}
