import type { deniedOf } from '../../packages/federation/src/authorization/authorize.ts';
import type { requestHeaders } from '../../packages/federation/src/remote/exchange.ts';
import type { maskError } from '../../packages/federation/src/request/error-mask.ts';
import type { hashApiSecret } from '../../src/auth/api-key.ts';
import type { hashCaseSecret } from '../../src/auth/case-secret.ts';
import type { issuedTokenCheck } from '../../src/auth/issued-token.ts';
import type { caseRelation, mayKnow } from '../../src/domain/access/case-relation.ts';
import type { formOf } from '../../src/domain/access/decision.ts';
import type * as relations from '../../src/domain/access/relation.ts';
import type { decideReveal } from '../../src/domain/access/reveal.ts';
import type { maskPhone } from '../../src/domain/people/masking.ts';
import type { maskPerson } from '../../src/domain/people/person.ts';
import type { ViewerKind } from '../../src/domain/viewer.ts';
import type { answerTag } from '../../src/handlers/http/entity-tag.ts';
import type { eventAnswer } from '../../src/handlers/http/event-answer.ts';
import type { describeError } from '../../src/log.ts';
import type { rotatingCursors } from '../../src/storage/dynamodb/cursor.ts';
import type { hashInput } from '../../src/storage/dynamodb/idempotency.ts';
import type { seal } from '../../src/storage/person-keys/cipher.ts';
import type { openCases } from '../../src/storage/talent/cases/cases.ts';
import type { contextOf } from '../../src/subgraph/context.ts';
import type { formatFault } from '../../src/subgraph/faults.ts';
import type { Call } from '../../src/subgraph/request.ts';

type Fn = (...given: never[]) => unknown;

/** One exported function of `src` or of the engine, and what stands in its place. */
export interface Replaced {
  /** Relative to `src`, or a path that starts with `packages/`. */
  readonly module: string;
  readonly function: string;
  readonly real: Fn;
  readonly instead: (real: Fn, isRemoved: () => boolean) => Fn;
  /** Whether it is in its place all the time: for what is made once, when the system starts. */
  readonly isStanding: boolean;
}

export interface Guard extends Replaced {
  readonly name: string;
  /** The guard before it, that is gone too: with that one in its place this one isn't reached. */
  readonly behind?: string;
}

type Instead<F> = (real: F, isRemoved: () => boolean) => F;
interface GuardOptions {
  readonly behind?: string;
  readonly isStanding?: boolean;
}

export function guard<F>(
  name: string,
  at: string,
  instead: Instead<F>,
  { behind, isStanding = false }: GuardOptions = {},
) {
  const [module = '', named = ''] = at.split(' ');
  const replaced = { module, function: named, instead, isStanding } as unknown as Replaced;
  return { ...replaced, name, ...(behind === undefined ? {} : { behind }) } satisfies Guard;
}

export function standingIn<F>(module: string, named: string, instead: Instead<F>): Replaced {
  return { module, function: named, instead, isStanding: true } as unknown as Replaced;
}

/** To whoever is nobody to a row it is as to those of their kind who are somebody. */
const raised =
  <Relation extends string>(to: Partial<Record<ViewerKind, Relation>>, from: readonly string[] = ['NONE']) =>
  (relation: Relation, kind: ViewerKind): Relation =>
    from.includes(relation) ? (to[kind] ?? relation) : relation;

const toCases = raised<relations.CaseRelation>({
  applicant: 'OWN',
  caseHolder: 'OWN',
  officer: 'HANDLING',
  clerk: 'EMPLOYER',
});
const toHandling = raised<relations.CaseRelation>({ officer: 'HANDLING' }, ['ZONE', 'ASKED']);
const toEnterprises = raised<relations.EnterpriseRelation>({ officer: 'HOME', clerk: 'OWN' });
const toAgreements = raised<relations.AgreementRelation>({ officer: 'PARTY', partner: 'GRANTED' });
const toRelocations = raised<relations.RelocationRelation>({ officer: 'PARTY', clerk: 'OWN', partner: 'GRANTED' });
const toWorklists = raised<relations.WorklistRelation>({ officer: 'AGENCY' });
const toParks = raised<relations.ParkRelation>({ officer: 'ZONE' });

const RELATION = 'domain/access/relation.ts';
const CASE_RELATION = 'domain/access/case-relation.ts';

/** Every guard that the crawler shows to be needed: without it somebody reads what is not theirs. */
export const GUARDS: readonly Guard[] = [
  guard<typeof caseRelation>(
    'rows: cases',
    `${CASE_RELATION} caseRelation`,
    (real) => (viewer, of) => toCases(real(viewer, of), viewer.kind),
  ),
  guard<typeof caseRelation>(
    "rows: a case's agencies",
    `${CASE_RELATION} caseRelation`,
    (real) => (viewer, of) => toHandling(real(viewer, of), viewer.kind),
  ),
  guard<typeof relations.enterpriseRelation>(
    'rows: enterprises',
    `${RELATION} enterpriseRelation`,
    (real) => (viewer, of) => toEnterprises(real(viewer, of), viewer.kind),
  ),
  guard<typeof relations.agreementRelation>(
    'rows: agreements',
    `${RELATION} agreementRelation`,
    (real) => (viewer, of, purpose) => toAgreements(real(viewer, of, purpose), viewer.kind),
  ),
  guard<typeof relations.relocationRelation>(
    'rows: relocations',
    `${RELATION} relocationRelation`,
    (real) => (viewer, of, agreement, purpose) => toRelocations(real(viewer, of, agreement, purpose), viewer.kind),
  ),
  guard<typeof relations.parkRelation>(
    'rows: parks',
    `${RELATION} parkRelation`,
    (real) => (viewer, zoneId) => toParks(real(viewer, zoneId), viewer.kind),
  ),
  guard<typeof relations.worklistRelation>(
    "rows: agencies' lists",
    `${RELATION} worklistRelation`,
    (real) => (viewer, of) => toWorklists(real(viewer, of), viewer.kind),
  ),
  guard<typeof formOf>('fields: hidden', 'domain/access/decision.ts formOf', () => () => 'FULL'),
  guard<typeof formOf>('fields: masked', 'domain/access/decision.ts formOf', (real) => (...given) => {
    const form = real(...given);
    return form === 'MASKED' ? 'FULL' : form;
  }),
  guard<typeof mayKnow>('rows: that there is a case', 'domain/access/case-relation.ts mayKnow', () => () => true, {
    behind: 'fields: hidden',
  }),
  guard<typeof openCases>(
    "lists: the officer's zone in the key",
    'storage/talent/cases/cases.ts openCases',
    (real) => (table) => {
      const cases = real(table);
      const elsewhere = (zone: string) => zone.replace(/-(home|away|third)$/, '-home');
      return {
        ...cases,
        listOfPark: ({ zone, park }, ...rest) => cases.listOfPark({ zone: elsewhere(zone), park }, ...rest),
        listOfEnterprise: ({ zone, enterprise }, page) =>
          cases.listOfEnterprise({ zone: elsewhere(zone), enterprise }, page),
      };
    },
    { behind: 'fields: hidden' },
  ),
  guard<typeof decideReveal>(
    'reveal: who and why',
    'domain/access/reveal.ts decideReveal',
    (real) =>
      (...given) =>
        given[1].case === null ? real(...given) : { ok: true, value: { relation: 'HANDLING', ground: 'CLAIMED' } },
  ),
  guard<typeof maskPerson>('masks: persons', 'domain/people/person.ts maskPerson', () => (person) => person),
  guard<typeof maskPhone>('masks: duty desks', 'domain/people/masking.ts maskPhone', () => (phone) => phone),
  guard<typeof deniedOf>(
    'gateway: directives',
    'packages/federation/src/authorization/authorize.ts deniedOf',
    () => () => [],
  ),
  guard<typeof contextOf>('partners: purposes', 'subgraph/context.ts contextOf', (real) => (call, store) => {
    const context = real(call, store);
    if (call.viewer.kind !== 'partner') return context;
    return { ...context, request: { ...context.request, accessPurpose: 'BENEFIT_SHARING' } };
  }),
  guard<typeof issuedTokenCheck>(
    "identity: a token's signature",
    'auth/issued-token.ts issuedTokenCheck',
    (real, isRemoved) => (issuers) => {
      const check = real(issuers);
      return async (token, moment) => {
        if (!isRemoved()) return check(token, moment);
        const { viewerOfClaims } = await import('../../src/auth/claims.ts');
        const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
        const viewer = viewerOfClaims(claims, issuers[0]!);
        return viewer ? { viewer } : { refused: 'NO_VIEWER_IN_CLAIMS' };
      };
    },
    { isStanding: true },
  ),
  guard<typeof rotatingCursors>(
    'cursors: sealed',
    'storage/dynamodb/cursor.ts rotatingCursors',
    (real, isRemoved) => (secret) => {
      const cursors = real(secret);
      const open = (position: object) => Buffer.from(JSON.stringify(position)).toString('base64url');
      return {
        ...cursors,
        write: (binding, position) => (isRemoved() ? open(position) : cursors.write(binding, position)),
      };
    },
    { isStanding: true },
  ),
  guard<typeof describeError>(
    'log: no words of errors',
    'log.ts describeError',
    (real) => (thrown) => real(thrown, true),
  ),
  guard<typeof maskError>(
    'errors: at the edge',
    'packages/federation/src/request/error-mask.ts maskError',
    () => (error) => error,
    {
      behind: "errors: a subgraph's",
    },
  ),
  guard<typeof formatFault>(
    "errors: a subgraph's",
    'subgraph/faults.ts formatFault',
    (real) =>
      (error, ...rest) => ({ ...real(error, ...rest), message: error.message }),
    { behind: 'errors: at the edge' },
  ),
  guard<typeof requestHeaders>(
    'partners: nothing of the viewer',
    'packages/federation/src/remote/exchange.ts requestHeaders',
    (real) => (call, token) => ({ ...real(call, token), 'x-viewer': JSON.stringify((call as Call).viewer) }),
  ),
  guard<typeof answerTag>(
    'headers: a tag is a hash',
    'handlers/http/entity-tag.ts answerTag',
    () => (body) => `"${Buffer.from(body).toString('base64url')}"`,
  ),
  guard<typeof eventAnswer>(
    "caches: no store but one's own",
    'handlers/http/event-answer.ts eventAnswer',
    (real) =>
      async (...given) => {
        const answer = await real(...given);
        return { ...answer, headers: { ...answer.headers, 'cache-control': 'public, max-age=60' } };
      },
  ),
  guard<typeof seal>(
    'at rest: encryption',
    'storage/person-keys/cipher.ts seal',
    (real) => (key, place, plain) =>
      place.table === 'talent'
        ? { key: key.version, text: Buffer.from(plain).toString('base64url') }
        : real(key, place, plain),
  ),
  guard<typeof hashInput>(
    'at rest: the input of a mutation',
    'storage/dynamodb/idempotency.ts hashInput',
    () =>
      ({ name }, input) => ({ key: name, hash: JSON.stringify(input) }),
  ),
  guard<typeof hashApiSecret>('at rest: API keys', 'auth/api-key.ts hashApiSecret', () => (secret) => secret),
  guard<typeof hashCaseSecret>(
    "at rest: cases' secrets",
    'auth/case-secret.ts hashCaseSecret',
    () => (secret) => secret,
  ),
];
