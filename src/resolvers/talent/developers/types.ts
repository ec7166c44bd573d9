import { config } from '../../../config.ts';
import { ALLOWANCES, clientOf, scaled, tokensIn } from '../../../domain/budget.ts';
import { apiKeyState } from '../../../domain/developers/api-key.ts';
import { sumOfUses } from '../../../domain/developers/usage.ts';
import { webhookType } from '../../../domain/webhooks/webhook.ts';
import { CodedError } from '../../../errors.ts';
import { webhookId } from '../../../notify/deliver-to-endpoint.ts';
import { secretOf } from '../../../secrets.ts';
import type {
  ApiKeyResolvers,
  DeveloperAccountResolvers,
  WebhookDeliveryResolvers,
  WebhookEndpointResolvers,
} from '../generated/types.ts';

export const DeveloperAccount: DeveloperAccountResolvers = {
  zone: ({ zoneId }) => ({ id: zoneId }),
  apiKeys: ({ zoneId }, _, { store }) => store.developers.keys(zoneId),
  webhookEndpoints: ({ zoneId }, _, { store }) => store.developers.endpoints(zoneId),
  usage: async ({ zoneId }, { on }, { store, request }) =>
    sumOfUses(await store.developers.usage(zoneId, on ?? request.now.toISOString().slice(0, 10))),
  async budget(_, __, { store, viewer, request }) {
    const settings = config();
    const { name } = clientOf({ viewer, address: '', isShipped: false }, secretOf('cursors', settings)?.root ?? '');
    const allowance = scaled(ALLOWANCES.partner, settings.budgetFactor);
    const fullAt = await store.developers.budget(name);
    return {
      limit: allowance.capacity,
      perSecond: allowance.perSecond,
      remaining: tokensIn(fullAt, allowance, request.now.getTime()),
    };
  },
};

export const ApiKey: ApiKeyResolvers = {
  state: (key, _, { request }) => apiKeyState(key, request.now),
};

const MAX_DELIVERIES = 100;

export const WebhookEndpoint: WebhookEndpointResolvers = {
  isGone: ({ disabledBecause }) => disabledBecause === 'GONE',
  deliveries({ id }, { first }, { store }) {
    const count = first ?? 20;
    if (count < 1 || count > MAX_DELIVERIES) {
      throw new CodedError('BAD_USER_INPUT', `\`first\` must be from 1 to ${MAX_DELIVERIES}.`, {
        details: { argument: 'first' },
      });
    }
    return store.developers.deliveries(id, count);
  },
};

export const WebhookDelivery: WebhookDeliveryResolvers = {
  id: ({ delivery: { endpointId }, entry }) => webhookId(endpointId, entry),
  type: ({ entry }) => webhookType(entry),
  about: ({ entry: { caseId } }) => caseId,
  occurredAt: ({ entry: { at } }) => at,
  state: ({ delivery }) => delivery.state,
  attempts: ({ delivery }) => delivery.attempts,
  // An attempt that is under way has no status yet, and the item may have none.
  lastStatus: ({ delivery }) => delivery.lastStatus ?? null,
  attemptedAt: ({ delivery }) => delivery.attemptedAt ?? null,
  nextAttemptAt: ({ delivery }) => (delivery.state === 'WAITING' ? delivery.nextAttemptAt : null),
};
