/** The conditions of a case type as sentences. */

import type { Localized } from '../locale.ts';
import type { CaseConditions } from './case-type.ts';

/** Returns the sentences in the order in which unmet conditions are reported (`ELIGIBILITY_RULES`). */
export function conditionTexts(conditions: CaseConditions): readonly Localized[] {
  const { childAge, recommendation, residenceInZone, noOwnDwelling } = conditions;
  return [
    ...(childAge ? [childAgeText(childAge)] : []),
    ...(recommendation ? [RECOMMENDATION] : []),
    ...(residenceInZone ? [RESIDENCE_IN_ZONE] : []),
    ...(noOwnDwelling ? [NO_OWN_DWELLING] : []),
  ];
}

function childAgeText({ on, atLeast, below }: NonNullable<CaseConditions['childAge']>): Localized {
  return {
    zh: `子女在${on}须年满${atLeast}周岁、未满${below}周岁。`,
    ja: `子は${on}に満${atLeast}歳以上、満${below}歳未満である必要があります。`,
    en: `The child is at least ${atLeast} and not yet ${below} years old on ${on}.`,
  };
}

const RECOMMENDATION: Localized = {
  zh: '须由用人单位推荐。',
  ja: '雇用主の推薦が必要です。',
  en: 'The employer recommends the applicant.',
};

const RESIDENCE_IN_ZONE: Localized = {
  zh: '申请人须在本功能区居住。',
  ja: '申請者はこの区域に居住している必要があります。',
  en: 'The applicant lives in the zone.',
};

const NO_OWN_DWELLING: Localized = {
  zh: '申请人在本市须无自有住房。',
  ja: '申請者は市内に持ち家がないことが必要です。',
  en: 'The applicant owns no dwelling in the city.',
};
