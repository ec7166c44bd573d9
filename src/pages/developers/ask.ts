import documents from 'virtual:developer-documents';
import type { Refusal } from '../gateway/refusal-text.ts';
import type { DeveloperAccountQuery } from './generated/account.ts';

export type Account = NonNullable<DeveloperAccountQuery['developerAccount']>;
export type Endpoint = Account['webhookEndpoints'][number];
export type Delivery = Endpoint['deliveries'][number];
export type Key = Account['apiKeys'][number];

/** An answer of the gateway, or why there is none. */
export type Asked<Data> =
  | { readonly kind: 'DATA'; readonly data: Data }
  /** The token has expired, or the gateway refuses it. */
  | { readonly kind: 'ENDED' }
  /** The caller is no system of a zone. */
  | { readonly kind: 'NO_PARTNER' }
  | { readonly kind: 'FAILED' };

interface GatewayAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

const PATIENCE_MS = 30_000;
const NOT_ALLOWED = ['FORBIDDEN', 'UNAUTHORIZED_FIELD_OR_TYPE'];

/** Asks the gateway a trusted document. The browser stores nothing of it. */
async function ask<Data>(token: string, name: string, field: string, variables: object): Promise<Asked<Data>> {
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: {
        accept: 'application/graphql-response+json',
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ documentId: documents[name], variables }),
      cache: 'no-store',
      credentials: 'omit',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.status === 401) return { kind: 'ENDED' };
    const { data, errors = [] } = (await response.json()) as GatewayAnswer;
    const found = data?.[field];
    if (found) return { kind: 'DATA', data: found as Data };
    const isRefused =
      errors.length === 0 || errors.some(({ extensions }) => NOT_ALLOWED.includes(extensions?.code ?? ''));
    return { kind: isRefused ? 'NO_PARTNER' : 'FAILED' };
  } catch {
    return { kind: 'FAILED' };
  }
}

/** Asks for the account of the caller's zone. */
export const askAccount = (token: string) =>
  ask<Account>(token, 'DeveloperAccount', 'developerAccount', { deliveries: 20 });

/** The mutations of the page: their documents and their fields. */
const COMMANDS = {
  CreateApiKey: 'createApiKey',
  RotateApiKey: 'rotateApiKey',
  RevokeApiKey: 'revokeApiKey',
  RegisterWebhookEndpoint: 'registerWebhookEndpoint',
  ChangeWebhookEndpoint: 'changeWebhookEndpoint',
  RemoveWebhookEndpoint: 'removeWebhookEndpoint',
  RedeliverWebhook: 'redeliverWebhook',
} as const;
export type CommandName = keyof typeof COMMANDS;

/** The answer of a mutation, as far as the page shows it. */
export interface Commanded {
  readonly secret?: string | null;
  readonly userErrors: readonly Refusal[];
}

/** Sends a mutation under a new idempotency key. */
export const command = (token: string, name: CommandName, input: object) =>
  ask<Commanded>(token, name, COMMANDS[name], { input: { idempotencyKey: crypto.randomUUID(), ...input } });
