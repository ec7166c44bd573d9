import { CriticalityLevel, diff } from '@graphql-inspector/core';
import type { GraphQLSchema } from 'graphql';
import { ID_PREFIXES } from '../../domain/ids.ts';
import { idPrefixesOf, type Partner, readPartners } from '../../edge/partners.ts';
import { CodedError } from '../../errors.ts';
import { stricterFields } from '../permissions/stricter-fields.ts';
import { nodeSource } from '../schema/composition.ts';
import { composeWith, ownSubgraphs } from '../schema/schema-folder.ts';
import { readCandidate, readExisting } from './candidate.ts';
import { PARTNER_RULES } from './partner-rules.ts';

export interface Refusal {
  /** The rule's name, or `composition`. */
  readonly rule: string;
  readonly reason: string;
}

export interface PartnerReport {
  /** Empty if the partner may be accepted. */
  readonly refusals: readonly Refusal[];
  /** Changes of the public schema against the committed one; empty if composition fails. */
  readonly changes: readonly SchemaChange[];
}

export interface CheckOptions {
  /** Folder of our own subgraphs' schemas and the accepted partners. */
  readonly schemaDir: string;
  /** True in development: the partner may run on this machine. */
  readonly allowLoopback?: boolean;
}

/**
 * Checks a partner's subgraph, new or in a new version, against the rules and composes it with all others. Writes
 * nothing. Throws CONFIGURATION if its schema is not GraphQL, or the existing subgraphs don't compose.
 */
export async function checkPartner(partner: Partner, options: CheckOptions): Promise<PartnerReport> {
  const { schemaDir, allowLoopback = false } = options;
  const accepted = readPartners(schemaDir);
  const others = accepted.filter(({ zone }) => zone !== partner.zone);
  const own = ownSubgraphs(schemaDir);
  const theirs = others.map(({ subgraph, sdl }) => ({ name: subgraph, sdl }));
  const ours = Object.entries(ID_PREFIXES).map(([prefix, { type }]) => [prefix, type] as const);

  const candidate = readCandidate(partner, allowLoopback);
  const existing = readExisting(
    own,
    [...theirs, nodeSource([...own, ...theirs])],
    new Map([...ours, ...Object.entries(idPrefixesOf(others))]),
  );
  const refusals = Object.entries(PARTNER_RULES).flatMap(([rule, check]) =>
    check(candidate, existing).map((reason) => ({ rule, reason })),
  );

  const before = composeWith(schemaDir, accepted).supergraph.apiSchema;
  try {
    const after = composeWith(schemaDir, [...others, partner]).supergraph;
    const stricter = stricterFields(after).map((reason) => ({ rule: 'stricter-fields', reason }));
    return { refusals: [...refusals, ...stricter], changes: await schemaChanges(before, after.apiSchema) };
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    return { refusals: [...refusals, { rule: 'composition', reason: error.message }], changes: [] };
  }
}

export interface SchemaChange {
  readonly level: 'breaking' | 'dangerous' | 'safe';
  readonly message: string;
}

const LEVELS = {
  [CriticalityLevel.Breaking]: 'breaking',
  [CriticalityLevel.Dangerous]: 'dangerous',
  [CriticalityLevel.NonBreaking]: 'safe',
} as const satisfies Record<CriticalityLevel, SchemaChange['level']>;

/** Returns the changes for clients from one public schema to the next, without changes of descriptions. */
export async function schemaChanges(before: GraphQLSchema, after: GraphQLSchema): Promise<SchemaChange[]> {
  const changes = await diff(before, after);
  return changes
    .filter(({ type }) => !String(type).includes('DESCRIPTION'))
    .map(({ criticality, message }) => ({ level: LEVELS[criticality.level], message }));
}
