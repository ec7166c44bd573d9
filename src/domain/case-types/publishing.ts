/**
 * Publishing of a new version of a case type: an officer's input, checked against the law and the version before it.
 */
import { mayWrite } from '../access/decision.ts';
import { caseTypeRelation } from '../access/relation.ts';
import { leadAgency } from '../cases/file.ts';
import { isIdOf } from '../ids.ts';
import { publicationBy } from '../records/publication.ts';
import type { Decision } from '../refusal.ts';
import type { Viewer } from '../viewer.ts';
import {
  type CaseArrangement,
  type CaseRoute,
  type CaseTypeFacts,
  type RequiredDocument,
  ROUTES_OF_KIND,
} from './case-type.ts';
import { refuseArrangements, type StatedArrangement, type StatedCaseType } from './stated-case-type.ts';
import {
  isMediaType,
  type PublishingRefusalCode,
  refuseAgencies,
  refuseDocuments,
  refuseFacts,
  refuseLimits,
  refuseName,
  refuseRest,
  refuseWindow,
  type StatedDocument,
  unless,
} from './stated-parts.ts';
import { refuseTerms } from './terms.ts';

/** Returns the version to publish, or every refusal. */
export function decidePublishing(
  { seen, ...stated }: StatedCaseType,
  before: CaseTypeFacts | null,
  viewer: Viewer,
  now: Date,
): Decision<CaseTypeFacts, PublishingRefusalCode> {
  const refusals = [
    ...refusePublisher(before ?? stated, viewer),
    ...refuseVersion(stated, seen, before),
    ...refuseKind(stated, before),
    ...refuseName(stated.name, ['name']),
    ...refuseDocuments(stated.requiredDocuments),
    ...refuseAgencies(stated),
    ...refuseWindow(stated.window),
    ...refuseFacts(stated),
    ...refuseLimits(stated.limits),
    ...refuseRest(stated),
    ...refuseTerms(stated),
    ...refuseArrangements(stated),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  const version = (before?.version ?? 0) + 1;
  const { arrangements, ...rest } = stated;
  const requiredDocuments = stated.requiredDocuments.map(requiredDocument);
  return {
    ok: true,
    value: {
      ...rest,
      requiredDocuments,
      ...(arrangements && { arrangements: arrangements.map(arrangementOf) }),
      version,
      publication: publicationBy(viewer, now),
    },
  };
}

function arrangementOf({ requiredDocuments, ...rest }: StatedArrangement): CaseArrangement {
  return { ...rest, ...(requiredDocuments && { requiredDocuments: requiredDocuments.map(requiredDocument) }) };
}

function requiredDocument({ mediaTypes, ...document }: StatedDocument): RequiredDocument {
  return mediaTypes ? { ...document, mediaTypes: mediaTypes.filter(isMediaType) } : document;
}

/** Refuses all but the agency that decides the cases; for a new case type, the agency that will decide them. */
function refusePublisher(of: Pick<CaseTypeFacts, 'opinionsFrom'>, viewer: Viewer) {
  return unless(
    mayWrite(viewer, 'publishCaseType', caseTypeRelation(viewer, of)),
    'NOT_YOURS',
    [],
    `Only an officer who publishes, of the agency that decides these cases (${leadAgency(of)}), or an administrator may do this.`,
  );
}

function refuseVersion({ id }: Pick<CaseTypeFacts, 'id'>, seen: number | null, before: CaseTypeFacts | null) {
  if (!before) {
    return [
      ...unless(
        isIdOf('ctype', id),
        'INVALID_ID',
        ['caseType'],
        'An id is ctype_ followed by small letters, digits and hyphens.',
      ),
      ...unless(seen === null, 'UNKNOWN_CASE_TYPE', ['caseType'], 'There is no such case type.'),
    ];
  }
  if (seen === null) {
    const message = `The case type exists, in version ${before.version}. State the version that you read.`;
    return unless(false, 'CASE_TYPE_EXISTS', ['version'], message);
  }
  const { version, publication } = before;
  const since = publication
    ? ` It was published at ${publication.at} by ${publication.agency ?? 'an administrator'}.`
    : '';
  return unless(seen === version, 'OTHER_VERSION', ['version'], `The current version is ${version}.${since}`);
}

function refuseKind({ kind, route }: Pick<CaseTypeFacts, 'kind' | 'route'>, before: CaseTypeFacts | null) {
  const routes: readonly CaseRoute[] = ROUTES_OF_KIND[kind];
  const isUnchanged = !before || (before.kind === kind && before.route === route);
  return [
    ...unless(routes.includes(route), 'INVALID_ROUTE', ['route'], `The routes of ${kind} are ${routes.join(', ')}.`),
    ...unless(
      isUnchanged,
      'OTHER_ROUTE',
      ['route'],
      'The kind and route of a case type never change. Publish another case type instead.',
    ),
  ];
}
