import { config } from '../../../config.ts';
import { zoneOf } from '../../../domain/developers/api-key.ts';
import {
  decideEndpointChange,
  decideRegistration,
  type StatedEndpoint,
} from '../../../domain/developers/webhook-endpoint.ts';
import type { RecordRefusalCode } from '../../../domain/records/record.ts';
import type { Decision } from '../../../domain/refusal.ts';
import { addressFault, enabling, newEndpoint, renewedSecrets } from '../../../notify/endpoint-life.ts';
import { reachOf } from '../../../notify/notifier.ts';
import { type WebhookItem, webhookItem } from '../../../storage/credentials/items.ts';
import type { WebhookChange } from '../../../storage/credentials/webhooks.ts';
import type { LoadedEndpoints } from '../../../storage/talent/developers/developers.ts';
import { ONCE_CODES, type OnceRefusal, once, onceRequest } from '../../../subgraph/once.ts';
import { RECORD_CODES, type UserErrorCode, userErrors } from '../../../subgraph/user-errors.ts';
import type { Context } from '../context.ts';
import type { ChangeWebhookEndpointInput, MutationResolvers } from '../generated/types.ts';

/** Hours in which the former signing secret signs beside a new one. */
const OVERLAP_HOURS = 24;

/** An endpoint as an answer shows it, with its signing secret where it is new. */
interface AnsweredEndpoint {
  readonly endpoint: WebhookItem;
  readonly secret: string | null;
}

export const registerWebhookEndpoint: NonNullable<MutationResolvers['registerWebhookEndpoint']> = async (
  _,
  { input },
  context,
) => {
  const { viewer, store, request } = context;
  const call = onceRequest('registerWebhookEndpoint', input, request.now);
  const { url } = input;
  const types = input.types ?? null;
  let answer: AnsweredEndpoint | undefined;
  const decision = await once<LoadedEndpoints, { readonly zone: string }, AnsweredEndpoint, RecordRefusalCode>(call, {
    load: () => store.developers.loadEndpoints(call, zoneOf(viewer)),
    decide: ({ endpoints }) => decideRegistration(stated({ url, types }), viewer, endpoints.length),
    async commit({ zone }) {
      const { text, facts } = await newEndpoint(store.developers.keyring, { zone, url, types, now: request.now });
      answer = { endpoint: webhookItem(facts), secret: text };
      return store.developers.addEndpoint(call, facts);
    },
    again: (ids) => answeredEndpoint(ids, context),
    done: () => committed(answer),
  });
  return payloadOf(decision);
};

export const changeWebhookEndpoint: NonNullable<MutationResolvers['changeWebhookEndpoint']> = async (
  _,
  { input },
  context,
) => {
  const { viewer, store, request } = context;
  const call = onceRequest('changeWebhookEndpoint', input, request.now);
  let answer: AnsweredEndpoint | undefined;
  const decision = await once<LoadedEndpoints, WebhookItem, AnsweredEndpoint, RecordRefusalCode>(call, {
    load: () => store.developers.loadEndpoints(call, zoneOf(viewer)),
    decide: ({ endpoints }) =>
      decideEndpointChange('changeWebhookEndpoint', named(endpoints, input.endpoint), stated(input), viewer),
    async commit(seen) {
      const renewed = input.renewSecret
        ? await renewedSecrets(store.developers.keyring, seen, OVERLAP_HOURS, request.now)
        : null;
      const set: WebhookChange = { ...changesOf(input, request.now), ...(renewed && { secrets: renewed.secrets }) };
      answer = { endpoint: { ...seen, ...set, version: seen.version + 1 }, secret: renewed?.text ?? null };
      return store.developers.changeEndpoint(call, seen, set);
    },
    again: (ids) => answeredEndpoint(ids, context),
    done: () => committed(answer),
  });
  return payloadOf(decision);
};

export const removeWebhookEndpoint: NonNullable<MutationResolvers['removeWebhookEndpoint']> = async (
  _,
  { input },
  { viewer, store, request },
) => {
  const call = onceRequest('removeWebhookEndpoint', input, request.now);
  const decision = await once<LoadedEndpoints, WebhookItem, string, RecordRefusalCode>(call, {
    load: () => store.developers.loadEndpoints(call, zoneOf(viewer)),
    decide: ({ endpoints }) =>
      decideEndpointChange('removeWebhookEndpoint', named(endpoints, input.endpoint), { urlFault: null }, viewer),
    commit: (seen) => store.developers.removeEndpoint(call, seen),
    again: async ([id = '']) => id,
    done: ({ id }) => id,
  });
  if (decision.ok) return { endpoint: decision.value, userErrors: [] };
  return { endpoint: null, userErrors: userErrors(decision.refusals, CODES) };
};

/** Returns the endpoint that an input names; null where the zone has none of this id. */
export const named = (endpoints: readonly WebhookItem[], id: string) =>
  endpoints.find((endpoint) => endpoint.id === id) ?? null;

/** Returns the stated parts of an endpoint, with the verdict of the guard of outbound calls. */
function stated({ url, types }: { readonly url?: string | null; readonly types?: readonly string[] | null }) {
  const given: StatedEndpoint = {
    ...(url == null ? {} : { url }),
    ...(types === undefined ? {} : { types }),
    urlFault: url == null ? null : addressFault(url, reachOf(config())),
  };
  return given;
}

function changesOf({ url, types, isEnabled }: ChangeWebhookEndpointInput, now: Date): WebhookChange {
  return {
    ...(url == null ? {} : { url }),
    ...(types === undefined ? {} : { types }),
    ...(isEnabled == null ? {} : enabling(isEnabled, now)),
  };
}

/** Returns an earlier answer again, without the secret, which is stored wrapped and not shown. */
async function answeredEndpoint([id = '']: readonly string[], { store, viewer }: Context): Promise<AnsweredEndpoint> {
  const endpoint = named(await store.developers.endpoints(zoneOf(viewer)), id);
  if (!endpoint) throw new Error('an endpoint that was answered is not there any more');
  return { endpoint, secret: null };
}

function committed(answer: AnsweredEndpoint | undefined): AnsweredEndpoint {
  if (!answer) throw new Error('an endpoint is answered before it is committed');
  return answer;
}

const CODES = { ...ONCE_CODES, ...RECORD_CODES } as const satisfies Record<
  RecordRefusalCode | OnceRefusal,
  UserErrorCode
>;

function payloadOf(decision: Decision<AnsweredEndpoint, RecordRefusalCode | OnceRefusal>) {
  if (decision.ok) return { ...decision.value, userErrors: [] };
  return { endpoint: null, secret: null, userErrors: userErrors(decision.refusals, CODES) };
}
