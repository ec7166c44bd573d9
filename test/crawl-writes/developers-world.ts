import { webhookId } from '../../src/notify/deliver-to-endpoint.ts';
import { apiKeyItem, webhookItem } from '../../src/storage/credentials/items.ts';
import type { PrimaryKey } from '../../src/storage/tables.ts';
import { deliveryItem, outboxItem } from '../../src/storage/talent/items.ts';
import type { Side } from './callers.ts';

/** The key, the endpoint and the delivered webhook of each side's zone. */
export const keyOf = (side: Side) => `writes0${side}0key`;
export const endpointOf = (side: Side) => `hook_writes-${side}`;
const eventOf = (side: Side) => ({ caseId: `case_writes-${side}-webhook`, entry: '000001' });
export const webhookOf = (side: Side) => webhookId(endpointOf(side), eventOf(side));

const LONG_AGO = '2020-03-16T02:00:00.000Z';

/** Returns the items of a zone's account, by store. */
export function developerItems(
  side: Side,
  zone: string,
): Readonly<Record<'credentials' | 'talent', readonly PrimaryKey[]>> {
  const { caseId, entry } = eventOf(side);
  const endpointId = endpointOf(side);
  const unused = { lastUsedAt: null, revokedAt: null, replacedBy: null };
  return {
    credentials: [
      apiKeyItem({
        ...{ id: keyOf(side), zone, label: side, secretHash: 'no secret has this hash', ...unused },
        ...{ createdAt: LONG_AGO, expiresAt: '2199-01-01T00:00:00.000Z' },
      }),
      webhookItem({
        ...{ id: endpointId, zone, url: 'https://hooks.example/', types: null, createdAt: LONG_AGO, secrets: [] },
        ...{ isEnabled: true, disabledAt: null, disabledBecause: null, version: 1 },
      }),
    ],
    talent: [
      outboxItem({ caseId, sequence: 1, kind: 'SUBMITTED', zoneId: zone, fromZoneId: undefined, at: LONG_AGO }),
      deliveryItem(
        {
          ...{ caseId, entry, endpointId, state: 'DELIVERED', attempts: 1, lastStatus: 204, lease: null },
          ...{ nextAttemptAt: LONG_AGO, attemptedAt: LONG_AGO },
        },
        LONG_AGO,
      ),
    ],
  };
}
