/** How a case begins, read once more. */

import type { CaseTypeFacts } from '../../src/domain/case-types/case-type.ts';
import type { CaseOpening } from '../../src/domain/cases/open.ts';
import { syntheticResidentId } from '../../src/domain/people/resident-id.ts';
import { ruleOf, TERMS } from '../fixtures/case-types.ts';
import type { OpeningDraw } from './draws.ts';
import type { ModelCase } from './model-case.ts';
import { dayAfter, shanghaiDay } from './working-days.ts';

const text = (word: string) => ({ zh: word, ja: word, en: word });

/** The case type that a draw is of, as it is on a day. */
export function caseTypeOf(draw: OpeningDraw, id: string, day: string): CaseTypeFacts {
  const { kind, route } = draw.what;
  const { window } = draw;
  const terms = [
    ...(kind === 'SCHOOLING' && draw.hasChildAge ? [TERMS.six, TERMS.underTwelve] : []),
    ...(route === 'URGENTLY_NEEDED' && draw.needsRecommendation ? [TERMS.recommended] : []),
    ...(kind === 'HOUSING' && draw.noOwnDwelling ? [TERMS.noDwelling] : []),
    ...(kind === 'HOUSING' && draw.residenceInZone ? [TERMS.resides] : []),
  ];
  return {
    id,
    version: 1,
    kind,
    route,
    name: text('model'),
    policyId: null,
    requiredDocuments: draw.documents.map((required, i) => ({ code: `document-${i}`, name: text(`${i}`), required })),
    opinionsFrom: draw.opinionsFrom,
    window: window && { opensOn: dayAfter(day, -window.open), closesOn: dayAfter(day, window.length - window.open) },
    ...(kind === 'SCHOOLING' && draw.hasChildAge && { childAgeOn: dayAfter(day, 60) }),
    ...(terms.length > 0 && { rule: ruleOf(...terms) }),
    limits: draw.limits,
    retentionYears: 10,
  };
}

const isForChild = ({ isForChild: is, what }: OpeningDraw) => is || what.kind === 'SCHOOLING';
const bornOn = (draw: OpeningDraw, day: string) => (isForChild(draw) ? dayAfter(day, -draw.childAgeInDays) : null);
const declaredIn = ({ livesThere, zone, ownsDwelling }: OpeningDraw) => ({
  residenceZoneId: livesThere ? zone : null,
  ownsDwelling,
});

/** What is stated on a day; nothing is wrong with it. */
export function openingOf(draw: OpeningDraw, day: string): CaseOpening {
  const born = bornOn(draw, day);
  return {
    zoneId: draw.zone,
    counterZoneId: null,
    parkId: 'park_binhai-zhongguancun',
    enterpriseId: draw.employer,
    applicant: { name: '张某某', idNumber: syntheticResidentId('1988-02-03', 12), phone: '10012345678' },
    relation: isForChild(draw) ? 'CHILD' : 'SELF',
    child: born === null ? null : { bornOn: born },
    declared: declaredIn(draw),
  };
}

/** The case that begins with it. */
export function modelOpening(draw: OpeningDraw, type: CaseTypeFacts, id: string, now: Date): ModelCase {
  const day = shanghaiDay(now);
  const opened = { what: 'OPENED', at: now.toISOString(), day, before: null, after: 'DRAFT' } as const;
  return {
    id,
    type,
    applicant: draw.applicant,
    employer: draw.employer,
    firstZone: draw.zone,
    declared: declaredIn(draw),
    childBornOn: bornOn(draw, day),
    history: [{ ...opened, agency: null, command: null }],
    noted: [],
    seenTo: day,
  };
}
