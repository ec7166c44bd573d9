import { createHmac } from 'node:crypto';
import { isWithin } from '../../../domain/calendar/day.ts';
import {
  type Draw,
  MAX_POPULATION,
  MAX_SIMULATIONS_A_DAY,
  type PopulationMember,
  QUOTA_USED,
  type Simulation,
  type SimulationGrounds,
  type SimulationRefusal,
} from '../../../domain/policies/simulation.ts';
import type { Facts } from '../../../domain/rules/rule.ts';
import { requiredCursorSecret } from '../../../secrets.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import {
  commitOnce,
  type Earlier,
  earlierOf,
  type OnceOutcome,
  type OnceRequest,
  onceKey,
} from '../../dynamodb/idempotency.ts';
import { readEntries } from '../../dynamodb/page.ts';
import { readRange } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { STALE, type Stale } from '../../dynamodb/transaction.ts';
import { epochSeconds, isNew, missingOrLess, put, update } from '../../dynamodb/write.ts';
import { enterpriseKeys, isStorable, type PrimaryKey, TTL_ATTRIBUTE } from '../../tables.ts';
import type { EnterpriseItem, KnownParkItem } from '../items.ts';
import type { PolicyTermsItem } from './policy-terms.ts';
import type { RelocatedEnterpriseItem } from './relocation-copies.ts';

/** A simulation that an officer asks for. */
export interface AskedSimulation {
  readonly parkId: string;
  readonly policyId: string | null;
  /** The zone whose quota it takes. */
  readonly zoneId: string;
  /** The day in Asia/Shanghai. */
  readonly today: string;
  /** Set for callers who may read the relocations to the park's zone. */
  readonly readsRelocations: boolean;
}

export interface LoadedSimulation {
  readonly earlier: Earlier;
  readonly grounds: SimulationGrounds;
}

/** A simulation as its log states it. */
export interface LoggedSimulation {
  /** The officer or administrator, as the issuer of tokens names them. */
  readonly by: string;
  readonly parkId: string;
  readonly policyId: string | null;
  /** The draft's terms as JSON. */
  readonly draft: string;
  readonly result: Simulation;
}

/** Simulations of drafts, with their quota and their log. */
export interface Simulations {
  /**
   * Loads what decides a simulation: one BatchGet, and only where that does not refuse it, the park's residents.
   * @param isRefused tells whether the facts so far refuse it
   */
  load(
    once: OnceRequest,
    asked: AskedSimulation,
    isRefused: (grounds: SimulationGrounds) => boolean,
  ): Promise<LoadedSimulation>;
  /** Counts the simulation in the zone's quota of the day, and logs it, in one transaction. */
  commit(
    once: OnceRequest,
    asked: AskedSimulation,
    logged: LoggedSimulation,
  ): Promise<OnceOutcome<SimulationRefusal | Stale>>;
  /** Returns the result that was answered before. */
  answered(answer: readonly string[]): Simulation;
  /** The draws of perturbed facts, under a key that no client knows. */
  readonly draw: Draw;
}

/** Lifetime of a day's count, in seconds. */
const COUNT_TTL_SECONDS = 2 * 86_400;
/** Lifetime of an entry of the log, in seconds: three years, as of accesses. */
const LOG_TTL_SECONDS = 3 * 366 * 86_400;
/** Residents that one Query lists. */
const RESIDENTS_A_QUERY = 1_000;

export function openSimulations(table: Table): Simulations {
  return {
    async load(once, { parkId, policyId, zoneId, today, readsRelocations }, isRefused) {
      const keys: readonly PrimaryKey[] = [
        onceKey(table, once),
        enterpriseKeys.knownPark(parkId),
        enterpriseKeys.policyTerms(policyId ?? ''),
        enterpriseKeys.simulationsOfDay(zoneId, today),
      ];
      const known = keys.filter((key) => key.pk !== '' && isStorable(key));
      const found = await batchRead<PrimaryKey>(table, known, { consistent: true });
      const items = new Map(known.map((key, i) => [key, found[i] ?? null]));
      const [record = null, park = null, policy = null, day = null] = keys.map((key) => items.get(key) ?? null);
      const grounds: SimulationGrounds = {
        park: park as KnownParkItem | null,
        policy: policy as PolicyTermsItem | null,
        taken: (day as { readonly taken?: number } | null)?.taken ?? 0,
        population: null,
      };
      const earlier = await earlierOf(table, record, once);
      if (earlier.kind !== 'NONE' || isRefused(grounds)) return { earlier, grounds };
      const zone = readsRelocations ? (grounds.park?.zoneId ?? null) : null;
      const [moves, residents] = await Promise.all([
        zone === null ? null : relocationsTo(table, zone, today),
        residentsOf(table, parkId),
      ]);
      return { earlier, grounds: { ...grounds, population: membersOf(residents, today, moves) } };
    },
    commit(once, { zoneId, today }, logged) {
      const { population, gaining, losing, undecided } = logged.result;
      const at = once.now.toISOString();
      return commitOnce<SimulationRefusal | Stale>(table, once, [population, gaining, losing, undecided].map(String), [
        update<SimulationRefusal>(
          enterpriseKeys.simulationsOfDay(zoneId, today),
          {
            set: { type: 'SimulationsOfDay', [TTL_ATTRIBUTE]: epochSeconds(once.now) + COUNT_TTL_SECONDS },
            add: { taken: 1 },
          },
          { when: missingOrLess('taken', MAX_SIMULATIONS_A_DAY), otherwise: QUOTA_USED },
        ),
        put<Stale>(
          {
            ...enterpriseKeys.simulation(zoneId, at, once.key),
            type: 'Simulation',
            at,
            ...logged,
            [TTL_ATTRIBUTE]: epochSeconds(once.now) + LOG_TTL_SECONDS,
          } as PrimaryKey,
          { when: isNew, otherwise: STALE },
        ),
      ]);
    },
    answered: (answer) => {
      const [population = 0, gaining = 0, losing = 0, undecided = 0] = answer.map(Number);
      return { population, gaining, losing, undecided };
    },
    draw: drawUnder(requiredCursorSecret),
  };
}

/** Returns draws that stay the same for a text, by a key that derives from a secret. */
export function drawUnder(secret: () => string): Draw {
  return (text) => createHmac('sha256', secret()).update(`simulation ${text}`).digest().readUInt32BE(0) / 2 ** 32;
}

/** The residents of a park that a simulation reads. */
interface Residents {
  readonly found: readonly EnterpriseItem[];
  /** True where the park has more than a simulation may read. */
  readonly isCut: boolean;
}

/** Loads the residents of a park: a Query for each thousand, and a BatchGet for each hundred. */
async function residentsOf(table: Table, parkId: string): Promise<Residents> {
  const first = enterpriseKeys.resident(parkId, '');
  const range = { partition: first.pk, sort: { beginsWith: first.sk } };
  const ids: string[] = [];
  let from: Readonly<Record<string, string>> | undefined;
  do {
    const limit = Math.min(RESIDENTS_A_QUERY, MAX_POPULATION + 1 - ids.length);
    const { entries, end } = await readEntries<{ readonly enterpriseId: string }>(table, range, from, limit);
    ids.push(...entries.map(({ enterpriseId }) => enterpriseId));
    from = end;
  } while (from !== undefined && ids.length <= MAX_POPULATION);
  const found = await batchRead<EnterpriseItem>(table, ids.slice(0, MAX_POPULATION).map(enterpriseKeys.enterprise));
  return { found: found.filter((item) => item !== null), isCut: ids.length > MAX_POPULATION };
}

/** Returns the members of a population, one more than may be read where the list is cut: it is refused then. */
function membersOf(
  { found, isCut }: Residents,
  today: string,
  moves: RelocationFacts | null,
): readonly PopulationMember[] {
  const members = found.map((item) => memberOf(item, today, moves));
  return isCut ? [...members, { id: '', facts: {} }] : members;
}

/** The facts on which both zones agree about the newest relocation of each enterprise to a zone, by enterprise. */
type RelocationFacts = ReadonlyMap<string, Facts>;

/** Loads the relocations to a zone until a day: a Query for each megabyte. */
async function relocationsTo(table: Table, zone: string, today: string): Promise<RelocationFacts> {
  const partition = enterpriseKeys.relocatedTo(zone, '').pk;
  const copies = await readRange<RelocatedEnterpriseItem>(table, { partition });
  const until = copies.filter(({ registeredOn }) => registeredOn <= today);
  until.sort((a, b) => (a.registeredOn < b.registeredOn ? -1 : 1));
  return new Map(until.map(({ enterpriseId, agreed }) => [enterpriseId, agreed]));
}

/** Returns an enterprise by the facts that the officers of its park's zone may read. */
function memberOf(
  { id, sector, sizeClass, qualifications, sites }: EnterpriseItem,
  today: string,
  moves: RelocationFacts | null,
): PopulationMember {
  const held = qualifications.filter(({ validFrom: from, validTo: to }) => isWithin(today, { from, to }));
  return {
    id,
    facts: {
      sector,
      sizeClass,
      // Which other zones recognise what a zone has granted is not known here.
      ...(held.some(({ zoneId }) => zoneId !== undefined) ? {} : { qualifications: held.map(({ kind }) => kind) }),
      siteKinds: sites.map(({ kind }) => kind),
      ...(moves && { relocated: moves.has(id), ...moves.get(id) }),
    },
  };
}
