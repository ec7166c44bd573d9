import { makeApiKey, type NewApiKey } from '../../../auth/api-key.ts';
import {
  decideNewKey,
  decideRevocation,
  decideRotation,
  type KeyCaller,
  zoneOf,
} from '../../../domain/developers/api-key.ts';
import type { RecordRefusalCode } from '../../../domain/records/record.ts';
import type { Decision } from '../../../domain/refusal.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import type { ApiKeyItem } from '../../../storage/credentials/items.ts';
import type { LoadedKeys } from '../../../storage/talent/developers/developers.ts';
import { ONCE_CODES, type OnceRefusal, once, onceRequest } from '../../../subgraph/once.ts';
import { RECORD_CODES, type UserErrorCode, userErrors } from '../../../subgraph/user-errors.ts';
import type { Context } from '../context.ts';
import type { MutationResolvers } from '../generated/types.ts';
import type { KeyOfZone } from '../parents.ts';

/** Defaults of the inputs, as the schema states them. */
const DEFAULT_DAYS = 365;
const DEFAULT_OVERLAP_DAYS = 7;

/** A key as an answer shows it, with its text where it is new. */
interface AnsweredKey {
  readonly apiKey: KeyOfZone;
  readonly secret: string | null;
}

export const createApiKey: NonNullable<MutationResolvers['createApiKey']> = async (_, { input }, context) => {
  const { viewer, store, request } = context;
  const call = onceRequest('createApiKey', input, request.now);
  const decision = await once<LoadedKeys, NewApiKey, AnsweredKey, RecordRefusalCode>(call, {
    load: () => store.developers.loadKeys(call, { zone: zoneOf(viewer), id: null, callerKey: keyOf(viewer) }),
    decide: (loaded) =>
      then(
        decideNewKey(
          { label: input.label, days: input.days ?? DEFAULT_DAYS },
          callerOf(viewer, loaded),
          loaded.validKeys,
          request.now,
        ),
        (plan) => makeApiKey({ ...plan, now: request.now }),
      ),
    commit: ({ facts }) => store.developers.addKey(call, facts),
    again: (answer) => answeredKey(answer, context),
    done: ({ facts, text }) => ({ apiKey: facts, secret: text }),
  });
  return payloadOf(decision);
};

export const rotateApiKey: NonNullable<MutationResolvers['rotateApiKey']> = async (_, { input }, context) => {
  const { viewer, store, request } = context;
  const call = onceRequest('rotateApiKey', input, request.now);
  interface Replacement {
    readonly old: ApiKeyItem;
    readonly endsAt: string;
    readonly made: NewApiKey;
  }
  const decision = await once<LoadedKeys, Replacement, AnsweredKey, RecordRefusalCode>(call, {
    load: () => store.developers.loadKeys(call, { zone: zoneOf(viewer), id: input.apiKey, callerKey: keyOf(viewer) }),
    decide: (loaded) =>
      then(
        decideRotation(
          { days: input.days ?? DEFAULT_DAYS, overlapDays: input.overlapDays ?? DEFAULT_OVERLAP_DAYS },
          callerOf(viewer, loaded),
          loaded.key,
          request.now,
        ),
        ({ old, endsAt, expiresAt }) => ({
          old,
          endsAt,
          made: makeApiKey({ zone: old.zone, label: old.label, now: request.now, expiresAt }),
        }),
      ),
    commit: ({ old, endsAt, made }) => store.developers.replaceKey(call, old, endsAt, made.facts),
    again: (answer) => answeredKey(answer, context),
    done: ({ made }) => ({ apiKey: made.facts, secret: made.text }),
  });
  return payloadOf(decision);
};

export const revokeApiKey: NonNullable<MutationResolvers['revokeApiKey']> = async (_, { input }, context) => {
  const { viewer, store, request } = context;
  const call = onceRequest('revokeApiKey', input, request.now);
  const decision = await once<LoadedKeys, ApiKeyItem, AnsweredKey, RecordRefusalCode>(call, {
    load: () => store.developers.loadKeys(call, { zone: zoneOf(viewer), id: input.apiKey, callerKey: keyOf(viewer) }),
    decide: (loaded) => decideRevocation(callerOf(viewer, loaded), loaded.key),
    commit: ({ id }) => store.developers.revokeKey(call, id),
    again: (answer) => answeredKey(answer, context),
    done: (key) => ({ apiKey: { ...key, revokedAt: request.now.toISOString() }, secret: null }),
  });
  return payloadOf(decision);
};

const keyOf = (viewer: Viewer) => (viewer.kind === 'partner' ? viewer.key : '');
const callerOf = (viewer: Viewer, { isByKey }: LoadedKeys): KeyCaller => ({ viewer, isByKey });

/** Returns the decision with its value made into another one. */
function then<Value, Next, Code extends string>(
  decision: Decision<Value, Code>,
  next: (value: Value) => Next,
): Decision<Next, Code> {
  return decision.ok ? { ok: true, value: next(decision.value) } : decision;
}

/** Returns an earlier answer again, without the secret, which is stored nowhere. */
async function answeredKey([id = '']: readonly string[], { store }: Context): Promise<AnsweredKey> {
  const apiKey = await store.developers.key(id);
  if (!apiKey) throw new Error('a key that was answered is not there');
  return { apiKey, secret: null };
}

const CODES = { ...ONCE_CODES, ...RECORD_CODES } as const satisfies Record<
  RecordRefusalCode | OnceRefusal,
  UserErrorCode
>;

function payloadOf(decision: Decision<AnsweredKey, RecordRefusalCode | OnceRefusal>) {
  if (decision.ok) return { ...decision.value, userErrors: [] };
  return { apiKey: null, secret: null, userErrors: userErrors(decision.refusals, CODES) };
}
