import { checkQuestion } from '../../../documents/check-question.ts';
import { decidePublishing, QUESTION_PREFIX, type SavedQuestion } from '../../../domain/questions/saved-question.ts';
import { accepted, atFirstUse, publisherOf } from '../story/inputs.ts';
import { TEDA } from './zones.ts';

const FACILITIES = `# Facilities of a park with their places.
query FacilitiesOfPark($code: String!, $locale: Locale!) {
  park(code: $code) {
    facilities {
      name(locale: $locale)
      kind
      capacity
      free
      countedOn
    }
  }
}
`;

/** Returns the question that TEDA has published. */
export const questions = atFirstUse((): readonly SavedQuestion[] => {
  const stated = {
    id: `${QUESTION_PREFIX}facilities-of-a-park`,
    seen: null,
    name: { zh: '园区设施与名额', ja: 'パークの施設と定員', en: 'Facilities of a park and their places' },
    query: FACILITIES,
    variables: JSON.stringify({ code: 'binhai-zhongguancun' }),
    view: 'CHART',
  } as const;
  const checked = checkQuestion(stated.query, stated.variables);
  const now = new Date('2020-03-18T01:00:00.000Z');
  return [accepted(decidePublishing(stated, TEDA, { before: null, checked, viewer: publisherOf(TEDA), now }))];
});
