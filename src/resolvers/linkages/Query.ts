import { dayInShanghai } from '../../domain/calendar/day.ts';
import { argumentsAtEntries, exactlyOne } from '../../subgraph/arguments.ts';
import { statedFacts } from '../../subgraph/judgement.ts';
import { decideApplication, decideApplications, type SubjectName } from './applications.ts';
import type { PolicySubjectInput, QueryResolvers } from './generated/types.ts';
import { draftEntry } from './ledgers/ledger-entries.ts';
import { graphOf } from './linkage-graph.ts';
import { findGaps } from './supply-chains.ts';

const KINDS = { enterprise: 'ENTERPRISE', uscc: 'ENTERPRISE', site: 'SITE', personIn: 'PERSON' } as const;

export const Query: QueryResolvers = {
  agreement: (_, { id }, { store }) => store.agreements.byId.load(id),
  agreements: (_, { zone, status, ...page }, { store, request }) =>
    status == null
      ? store.agreements.listOfZone(zone, null, 'Query.agreements', page)
      : store.agreements.listOfZoneInStatus(zone, status, dayInShanghai(request.now), page),
  policyApplies: (_, { policy, subject, facts, on }, context) =>
    decideApplication(
      {
        policyId: policy,
        subject: subjectNamed(subject),
        on: on ?? dayInShanghai(context.request.now),
        stated: statedFacts(facts ?? []),
      },
      context,
    ),
  whatApplies: (_, { subject, facts, on, orUnknown }, context) =>
    decideApplications(
      {
        subject: subjectNamed(subject),
        on: on ?? dayInShanghai(context.request.now),
        stated: statedFacts(facts ?? []),
        orUnknown,
      },
      context,
    ),
  supplyGaps: (_, { park, sector, ...page }, context, info) => {
    const showsCandidates = argumentsAtEntries(info, 'candidates').length > 0;
    return findGaps({ parkId: park, sector, page, showsCandidates }, context);
  },
  ledgerEntryText: (_, { agreement, entry }, context) => draftEntry(agreement, entry, context),
  linkageGraph: (_, { group, kind, on, minWeight }, { store }) =>
    graphOf(store, group, { kind: kind ?? null, on: on ?? null, minWeight: minWeight ?? 1 }),
};

function subjectNamed({
  enterprise = null,
  uscc = null,
  site = null,
  personIn = null,
}: PolicySubjectInput): SubjectName {
  const { name: by, value: name } = exactlyOne({ enterprise, uscc, site, personIn });
  return { kind: KINDS[by], name };
}
