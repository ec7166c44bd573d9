import {
  type CoverageDecision,
  decideCoverage,
  decideCoverageEnd,
  type StatedCoverage,
} from '../../domain/linkages/covering.ts';
import type { PolicyTerms } from '../../domain/policies/terms.ts';
import { publicationBy } from '../../domain/records/publication.ts';
import { newId } from '../../storage/dynamodb/new-id.ts';
import type { CoverageIds, LoadedCoverage } from '../../storage/linkages/coverage-records.ts';
import { coverageItem } from '../../storage/linkages/items.ts';
import { statedSample } from '../../subgraph/judgement.ts';
import { once, onceRequest } from '../../subgraph/once.ts';
import { userErrors } from '../../subgraph/user-errors.ts';
import { CODES } from './agreements/change-agreement.ts';
import type { Context } from './context.ts';
import type { AddCoverageInput, EndCoverageInput } from './generated/types.ts';

export function addCoverage(input: AddCoverageInput, context: Context) {
  const { viewer, request } = context;
  const id = newId('cov', request.now);
  const { agreement, policy } = input;
  return changeCoverage('addCoverage', input, context, {
    ids: { coverage: id, agreement, policy },
    decide: (grounds) => decideCoverage(id, statedCoverage(input), grounds, viewer, request.now),
  });
}

export function endCoverage(input: EndCoverageInput, context: Context) {
  const { viewer, request } = context;
  const stated = { seen: input.version, lastDay: input.lastDay };
  return changeCoverage('endCoverage', input, context, {
    ids: { coverage: input.coverage },
    decide: ({ before }) => decideCoverageEnd(before, stated, viewer, request.now),
  });
}

/** The steps of a change that differ by the mutation. */
interface ChangeSteps {
  readonly ids: CoverageIds;
  decide(loaded: LoadedCoverage): CoverageDecision;
}

/** Changes a coverage by one version: load, decide, commit. */
async function changeCoverage(
  mutation: string,
  input: { readonly idempotencyKey: string },
  { viewer, request, store }: Context,
  { ids, decide }: ChangeSteps,
) {
  const { records } = store.coverages;
  const call = onceRequest(mutation, input, request.now);
  const decision = await once(call, {
    load: () => records.load(call, ids),
    decide,
    commit: (coverage, loaded) => records.commit(call, loaded, coverage, publicationBy(viewer, request.now)),
    again: (answer) => records.answered(answer),
    done: (coverage) => coverageItem(coverage),
  });
  if (decision.ok) return { coverage: decision.value, userErrors: [] };
  return { coverage: null, userErrors: userErrors(decision.refusals, CODES) };
}

function statedCoverage(input: AddCoverageInput): StatedCoverage {
  const { agreement, policy, policyVersion, toZone, terms, validFrom, validTo } = input;
  return {
    agreementId: agreement,
    policyId: policy,
    policyVersion,
    toZoneId: toZone,
    terms: statedConditions(terms),
    validFrom,
    validTo: validTo ?? null,
  };
}

/** Returns conditions as an officer states them; those of an open coverage where none are stated. */
export function statedConditions(terms: AddCoverageInput['terms']): PolicyTerms {
  return terms ? { rule: terms.rule, samples: terms.samples.map(statedSample) } : { rule: null, samples: [] };
}
