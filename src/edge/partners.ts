import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { CodedError } from '../errors.ts';

/** A zone that runs a subgraph of its own, checked and accepted: `schema/partners/<zone>/`. */
export interface Partner {
  /** The zone's code, e.g. `dongjiang`. */
  readonly zone: string;
  /** The subgraph's name in the supergraph. */
  readonly subgraph: string;
  /** The subgraph's own schema, as the partner gave it. */
  readonly sdl: string;
  readonly registration: PartnerRegistration;
}

/** A zone's code: lower case, words joined by hyphens. */
export const ZONE_CODE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

const registration = z.strictObject({
  /** The URL of its GraphQL endpoint. */
  url: z.string(),
  /** The audience of the gateway's service tokens. */
  audience: z.string().min(1),
  /** While it is down, the last good answer about its public fields may be served. */
  allowStale: z.boolean(),
  /** The prefixes of its own ids, with the type that each one names. */
  idPrefixes: z.record(z.string(), z.string()),
});

export type PartnerRegistration = z.infer<typeof registration>;

export const REGISTRATION_FILE = 'partner.json';
export const PARTNER_SDL_FILE = 'subgraph.graphql';

export function partnerSubgraph(zone: string): string {
  return `partner_${zone.replaceAll('-', '_')}`;
}

export function partnersFolder(schemaDir: string): string {
  return join(schemaDir, 'partners');
}

/** Reads the accepted partners of a schema folder, ordered by their zones' codes. Throws CONFIGURATION where a registration isn't one. */
export function readPartners(schemaDir: string): Partner[] {
  const folder = partnersFolder(schemaDir);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => readPartner(folder, name))
    .sort((a, b) => (a.zone < b.zone ? -1 : 1));
}

function readPartner(folder: string, zone: string): Partner {
  const refuse = (why: string, cause?: unknown) =>
    new CodedError('CONFIGURATION', `The partner ${zone} is not registered right: ${why}.`, { cause });
  if (!ZONE_CODE.test(zone)) throw refuse("its folder is not named by a zone's code");
  const read = (file: string) => {
    try {
      return readFileSync(join(folder, zone, file), 'utf8');
    } catch (cause) {
      throw refuse(`${file} can't be read`, cause);
    }
  };
  const parsed = registration.safeParse(parseJson(read(REGISTRATION_FILE)));
  if (!parsed.success) {
    throw refuse(
      `${REGISTRATION_FILE} is wrong at ${parsed.error.issues.map(({ path }) => path.join('.')).join(', ')}`,
    );
  }
  return { zone, subgraph: partnerSubgraph(zone), sdl: read(PARTNER_SDL_FILE), registration: parsed.data };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Every partner's prefix, with the type that it names. */
export function idPrefixesOf(partners: readonly Partner[]): Readonly<Record<string, string>> {
  return Object.assign({}, ...partners.map(({ registration }) => registration.idPrefixes));
}
