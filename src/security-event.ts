/**
 * Security events: facts that an operator must be able to notice. Each is one log line that is also a metric, in
 * CloudWatch's embedded metric format. It names kinds of viewers, codes and schema coordinates, and no personal data.
 */
import { createHmac } from 'node:crypto';
import { config } from './config.ts';
import { type Viewer, viewerKey } from './domain/viewer.ts';
import type { Log } from './log.ts';
import { secretOf } from './secrets.ts';

/** The facts of each kind of event. A new kind is a row here and one in `KINDS`. */
interface FactsByKind {
  readonly ACCESS_DENIED: {
    /** The error code that the caller got. */
    readonly code: string;
    readonly mutation?: string;
    /** The rules that refused a mutation, e.g. `NOT_YOURS`. */
    readonly rules?: readonly string[];
    /** The schema coordinates that the caller may not query. */
    readonly fields?: readonly string[];
  };
  readonly DATA_REVEALED: RevealFacts;
  readonly EMERGENCY_REVEAL: RevealFacts & { readonly reason: string };
  readonly REVEAL_QUOTA_EXCEEDED: RevealFacts & { readonly limit: number };
  /** During a flood, one line stands for `count` refusals. */
  readonly SIGN_IN_REFUSED: { readonly code: string; readonly count?: number };
  readonly CREDENTIAL_REFUSED: { readonly code: string; readonly count?: number };
  readonly ACCESS_LOG_BROKEN: { readonly code: string; readonly count: number };
  /** An instance grants budgets by itself, so that clients may spend more. */
  readonly BUDGETS_UNREACHABLE: { readonly code: string };
  readonly ENTERPRISE_MOVED: EnterpriseFacts;
  readonly ENTERPRISE_ADMITTED: EnterpriseFacts;
  readonly REGISTRATION_CHALLENGED: EnterpriseFacts;
  readonly FIGURES_CORRECTED: { readonly park: string; readonly days: number };
}

interface RevealFacts {
  readonly mutation: string;
  readonly purpose: string;
  /** True if the caller had claimed the case. */
  readonly isClaimed: boolean;
}

interface EnterpriseFacts {
  /** The enterprise's id, which is public. */
  readonly enterprise: string;
  readonly fromZone?: string;
  readonly toZone?: string;
}

export type SecurityEventKind = keyof FactsByKind;

/** The viewer and the request that caused an event. */
export interface SecurityEventActor {
  readonly viewer?: Viewer;
  readonly requestId?: string;
}

export type SecurityEvent = {
  readonly [Kind in SecurityEventKind]: { readonly kind: Kind } & SecurityEventActor & FactsByKind[Kind];
}[SecurityEventKind];

/** The level and sentence of each kind's line. */
const KINDS = {
  ACCESS_DENIED: ['warn', 'a caller was denied access'],
  DATA_REVEALED: ['info', "a person's data were revealed"],
  EMERGENCY_REVEAL: ['warn', "a person's data were revealed for an emergency"],
  REVEAL_QUOTA_EXCEEDED: ['warn', 'an officer used up the quota of reveals'],
  SIGN_IN_REFUSED: ['warn', 'a sign-in by receipt was refused'],
  CREDENTIAL_REFUSED: ['warn', 'a credential was refused'],
  ACCESS_LOG_BROKEN: ['error', 'the access log is broken'],
  BUDGETS_UNREACHABLE: ['error', 'budgets can not be reached: each instance grants a little by itself'],
  ENTERPRISE_MOVED: ['info', 'an enterprise moved to another home zone'],
  ENTERPRISE_ADMITTED: ['info', 'an enterprise was admitted to a park'],
  REGISTRATION_CHALLENGED: ['warn', "an enterprise's registration was challenged"],
  FIGURES_CORRECTED: ['info', 'published figures were corrected'],
} as const satisfies Record<SecurityEventKind, readonly [level: 'info' | 'warn' | 'error', message: string]>;

const NAMESPACE = 'Bridgehead/Security';
const METRIC = 'SecurityEvents';
/** Names in one line. `count` has their true number. */
const MAX_NAMES = 8;
const REFERENCE_CHARACTERS = 16;

/** Writes one event as one line at level `INFO` or above, whatever `POWERTOOLS_LOG_LEVEL` is. */
export function securityEvent(log: Pick<Log, 'info' | 'warn' | 'error'>, event: SecurityEvent): void {
  const { kind, viewer, ...facts } = event;
  const [level, message] = KINDS[kind];
  log[level](message, {
    kind,
    ...bounded(facts),
    ...(viewer === undefined ? {} : describeViewer(viewer)),
    stage: config().stage,
    [METRIC]: 'count' in facts ? (facts.count ?? 1) : 1,
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        { Namespace: NAMESPACE, Dimensions: [['stage', 'kind']], Metrics: [{ Name: METRIC, Unit: 'Count' }] },
      ],
    },
  });
}

type Fact = string | number | boolean | readonly string[];

function bounded(facts: Readonly<Record<string, unknown>>): Record<string, Fact> {
  const entries = Object.entries(facts as Readonly<Record<string, Fact>>).filter(([, fact]) => fact !== undefined);
  return Object.fromEntries(
    entries.flatMap(([name, fact]): [string, Fact][] =>
      typeof fact !== 'object' || fact.length <= MAX_NAMES
        ? [[name, fact]]
        : [
            [name, fact.slice(0, MAX_NAMES)],
            [`${name}Count`, fact.length],
          ],
    ),
  );
}

/** Describes a viewer by kind, zone, agency and a reference that connects lines of the same viewer. */
function describeViewer(viewer: Viewer): Record<string, string> {
  const secret = secretOf('cursors', config())?.root;
  const isReferable = viewer.kind !== 'anonymous' && secret !== undefined;
  return {
    viewer: viewer.kind,
    ...('zone' in viewer ? { zone: viewer.zone } : {}),
    ...('agency' in viewer ? { agency: viewer.agency } : {}),
    ...(isReferable ? { viewerReference: viewerReference(viewer, secret) } : {}),
  };
}

/** Returns a keyed hash of a viewer. Without the secret, nobody can try names against it. */
function viewerReference(viewer: Viewer, secret: string): string {
  const hash = createHmac('sha256', secret)
    .update(`security event ${viewerKey(viewer)}`)
    .digest('base64url');
  return hash.slice(0, REFERENCE_CHARACTERS);
}
