import { makeId } from '../../../domain/ids.ts';
import { decideIndicator, type IndicatorFacts } from '../../../domain/indicators/definition.ts';
import type { ObservationFacts } from '../../../domain/observations/observation.ts';
import { decideOnProposal, decideProposal } from '../../../domain/observations/proposal.ts';
import type { ObservationInput, PublishIndicatorInput } from '../../../resolvers/parks/generated/types.ts';
import { statedIndicator } from '../../../resolvers/parks/publish-indicator.ts';
import { statedObservation } from '../../../resolvers/parks/publish-observations.ts';
import { ADMIN, accepted, atFirstUse, publisherOf, storyInputs } from '../story/inputs.ts';
import { HEADLINE_PARK } from './parks.ts';
import { TEDA } from './zones.ts';

/** Returns the indicators of the story, with their formulas. */
export const indicators = atFirstUse((): readonly IndicatorFacts[] =>
  storyInputs<PublishIndicatorInput>('indicators.csv').map((input) =>
    accepted(decideIndicator(statedIndicator(input), null, ADMIN)),
  ),
);

/** Returns the story's figures of 2020-03-16, which one person has proposed and another accepted. */
export const observations = atFirstUse((): readonly ObservationFacts[] => {
  const stated = storyInputs<ObservationInput>('observations.jsonl').map(statedObservation);
  const grounds = { zoneId: TEDA, now: new Date(), published: new Map() };
  const known = new Set(indicators().map(({ code }) => makeId('ind', code)));
  const { proposal } = accepted(
    decideProposal(
      { parkId: HEADLINE_PARK, seen: null, observations: stated },
      null,
      { ...grounds, viewer: publisherOf(TEDA) },
      (id) => known.has(id),
    ),
  );
  const decision = { seen: proposal.version, rejection: null };
  const { accepted: published } = accepted(
    decideOnProposal(decision, proposal, { ...grounds, viewer: publisherOf(TEDA, 'acceptor') }),
  );
  return published.map(({ facts }) => facts);
});
