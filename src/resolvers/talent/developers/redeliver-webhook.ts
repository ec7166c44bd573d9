import { zoneOf } from '../../../domain/developers/api-key.ts';
import { decideRedelivery } from '../../../domain/developers/webhook-endpoint.ts';
import type { RecordRefusalCode } from '../../../domain/records/record.ts';
import { webhookId } from '../../../notify/deliver-to-endpoint.ts';
import type { WebhookItem } from '../../../storage/credentials/items.ts';
import type { LoadedEndpoints } from '../../../storage/talent/developers/developers.ts';
import type { EntryName } from '../../../storage/talent/webhooks/replay.ts';
import { ONCE_CODES, type OnceRefusal, once, onceRequest } from '../../../subgraph/once.ts';
import { RECORD_CODES, type UserErrorCode, userErrors } from '../../../subgraph/user-errors.ts';
import type { MutationResolvers } from '../generated/types.ts';
import { named } from './manage-endpoints.ts';

/** The endpoint that an input names, and its webhook; null for what the zone hasn't. */
interface LoadedWebhook extends LoadedEndpoints {
  readonly endpoint: WebhookItem | null;
  readonly entry: EntryName | null;
}

type Code = RecordRefusalCode | 'NOT_STORED';

export const redeliverWebhook: NonNullable<MutationResolvers['redeliverWebhook']> = async (
  _,
  { input },
  { viewer, store, request },
) => {
  const call = onceRequest('redeliverWebhook', input, request.now);
  const { developers } = store;
  const decision = await once<LoadedWebhook, EntryName, EntryName, Code>(call, {
    async load() {
      const loaded = await developers.loadEndpoints(call, zoneOf(viewer));
      const endpoint = named(loaded.endpoints, input.endpoint);
      const entries = endpoint ? await developers.recentEntries(endpoint.id) : [];
      const entry = entries.find((each) => webhookId(input.endpoint, each) === input.webhook) ?? null;
      return { ...loaded, endpoint, entry };
    },
    decide: ({ endpoint, entry }) => decideRedelivery(endpoint, entry, viewer),
    async commit(entry) {
      const outcome = await developers.redeliver(call, input.endpoint, entry);
      if ('kind' in outcome || outcome.committed) return outcome;
      return { committed: false, refusals: outcome.refusals.map(({ write }) => ({ write, refusal: GONE })) };
    },
    again: async ([caseId = '', entry = '']) => ({ caseId, entry }),
    done: (entry) => entry,
  });
  if (!decision.ok) return { delivery: null, userErrors: userErrors(decision.refusals, CODES) };
  return { delivery: await developers.delivery(input.endpoint, decision.value), userErrors: [] };
};

const GONE = { code: 'NOT_STORED', field: ['webhook'], message: 'The event is not stored any more.' } as const;

const CODES = { ...ONCE_CODES, ...RECORD_CODES, NOT_STORED: 'NOT_FOUND' } as const satisfies Record<
  Code | OnceRefusal,
  UserErrorCode
>;
