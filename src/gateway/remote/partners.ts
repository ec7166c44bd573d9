import { z } from 'zod';
import { CodedError } from '../../errors.ts';
import type { Subgraph } from '../../subgraph/request.ts';
import { createHttpSubgraph, type HttpSubgraphOptions, REMOTE_LIMITS } from '../transports/http.ts';
import { remoteSchema } from './schema.ts';

/** A zone that runs a subgraph of its own, as it is registered. */
export interface Partner {
  /** What the supergraph calls its subgraph. */
  readonly name: string;
  readonly url: string;
  /** Whom the service token is for: the partner as it calls itself, e.g. its public URL. */
  readonly audience: string;
  /** Whether the last good answers about public fields may be served while it is down. */
  readonly allowStale: boolean;
  /** How long one fetch may take at most, in milliseconds; undefined for the usual. */
  readonly milliseconds?: number | undefined;
}

const registry = z.array(
  z.strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'must be 1 to 63 lower-case letters, digits and hyphens'),
    url: z.string(),
    audience: z.string().min(1),
    allowStale: z.boolean().default(false),
    milliseconds: z.int().min(100).max(25_000).optional(),
  }),
);

/** The partners in a registry's JSON. Throws CONFIGURATION with all that is wrong with it. */
export function readPartners(text: string): readonly Partner[] {
  const parsed = registry.safeParse(parseJson(text));
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`);
    throw new CodedError('CONFIGURATION', `The registry of partners can't be used: ${faults.join('; ')}.`);
  }
  const names = parsed.data.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new CodedError('CONFIGURATION', `The partner "${twice}" is registered twice.`);
  return parsed.data;
}

/** What all partners' subgraphs have in common. */
export interface PartnerSettings
  extends Pick<HttpSubgraphOptions, 'sources' | 'reach' | 'log' | 'resolve' | 'authorities'> {
  /** A partner's SDL, as it was composed. */
  readonly sdl: (partner: string) => string;
  readonly sign: NonNullable<HttpSubgraphOptions['serviceToken']>['sign'];
}

/**
 * The subgraphs of all partners, by name. Throws CONFIGURATION for an address that may not be asked and for a schema that
 * can't be used.
 */
export function partnerSubgraphs(
  partners: readonly Partner[],
  { sdl, sign, ...common }: PartnerSettings,
): Readonly<Record<string, Subgraph>> {
  return Object.fromEntries(
    partners.map(({ name, url, audience, allowStale, milliseconds }) => [
      name,
      createHttpSubgraph({
        ...common,
        name,
        url,
        allowStale,
        schema: remoteSchema(name, sdl(name)),
        serviceToken: { sign, audience },
        ...(milliseconds === undefined ? {} : { limits: { time: { ...REMOTE_LIMITS.time, milliseconds } } }),
      }),
    ]),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
