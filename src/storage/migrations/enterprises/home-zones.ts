import { batchRead } from '../../dynamodb/batch.ts';
import { transactGroups } from '../../dynamodb/transact-groups.ts';
import { existsWithout, update } from '../../dynamodb/write.ts';
import type { PrimaryKey } from '../../tables.ts';
import type { Migration } from '../migration.ts';

/** The attributes of a version 1 enterprise that this migration reads. */
interface OldEnterprise extends PrimaryKey {
  readonly type: 'Enterprise';
  readonly id: string;
  /** Newest first. */
  readonly residencies: readonly OldStay[];
}

interface OldStay {
  readonly parkId: string;
  readonly kind: 'OPERATING' | 'INCUBATED' | 'REGISTERED';
  readonly from: string;
  readonly to: string | null;
  readonly registeredStaff: number;
}

type Zones = ReadonlyMap<string, string>;

/**
 * Sets the home zone of every enterprise: the zone of the park where it is registered, else of its oldest lasting stay,
 * else of its last stay. Lasting stays in parks of other zones become open admissions. All registrations count as
 * confirmed.
 */
export const homeZones: Migration = {
  version: 6,
  name: 'home-zones',
  async run({ table, pages }) {
    const enterprises = table('enterprises');
    for await (const page of pages<OldEnterprise>('enterprises', ['Enterprise'])) {
      const parkIds = [...new Set(page.flatMap(({ residencies }) => residencies.map(({ parkId }) => parkId)))];
      const keys = parkIds.map((id) => ({ pk: `PARK#${id}`, sk: 'PARK' }));
      const parks = await batchRead<PrimaryKey & { readonly zoneId: string }>(enterprises, keys, { consistent: true });
      const zones = new Map(parkIds.flatMap((id, i) => (parks[i] ? [[id, parks[i].zoneId] as const] : [])));
      await transactGroups<'DONE'>(
        enterprises,
        page.map((enterprise) => [
          update<'DONE'>(
            enterprise,
            { set: homeOf(enterprise, zones) },
            { when: existsWithout('homeZoneId'), otherwise: 'DONE' },
          ),
        ]),
      );
    }
  },
};

function homeOf({ id, residencies }: OldEnterprise, zones: Zones) {
  const known = residencies.filter(({ parkId }) => zones.has(parkId));
  const lasting = known.filter(({ to }) => to === null);
  const home = lasting.findLast(({ kind }) => kind === 'REGISTERED') ?? lasting.at(-1) ?? known[0];
  const homeZoneId = home && zones.get(home.parkId);
  if (homeZoneId === undefined) throw new Error(`the enterprise ${id} has no stay in a known park`);
  const abroad = lasting.filter(({ parkId }) => zones.get(parkId) !== homeZoneId);
  return {
    homeZoneId,
    registration: 'CONFIRMED',
    challenge: null,
    admissions: abroad.map(({ parkId, kind, from, registeredStaff }) => ({
      parkId,
      zoneId: zones.get(parkId),
      state: 'OPEN',
      from,
      terms: { kind: kind === 'REGISTERED' ? 'OPERATING' : kind, staffCount: registeredStaff },
    })),
    move: null,
  };
}
