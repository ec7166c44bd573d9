import { makeId } from '../../../domain/ids.ts';
import type { IndicatorFacts } from '../../../domain/indicators/definition.ts';
import type { Localized } from '../../../domain/locale.ts';
import type { FigureRecord, ObservationFacts } from '../../../domain/observations/observation.ts';
import { HEADLINE_DAY, HEADLINE_PARK } from './parks.ts';

const count = (code: string, unit: string, name: Localized, formula: Localized): IndicatorFacts => ({
  code,
  name,
  unit,
  formula,
  rounding: null,
  decimals: 0,
  version: 1,
});

const rate = (code: string, name: Localized, formula: Localized): IndicatorFacts => ({
  code,
  name,
  unit: '%',
  formula,
  rounding: 'TRUNCATE',
  decimals: 1,
  version: 1,
});

export const INDICATORS: readonly IndicatorFacts[] = [
  rate(
    'production-resumption',
    { zh: '复工复产率', ja: '生産再開率', en: 'Production-resumption rate' },
    {
      zh: '（现场复工企业 + 线上线下结合复工企业）÷ 在园企业',
      ja: '（現場で再開した企業＋オンラインと実体で再開した企業）÷ 入居企業',
      en: '(enterprises resumed on site + online-offline) / resident enterprises',
    },
  ),
  rate(
    'return-to-work',
    { zh: '返岗率', ja: '職場復帰率', en: 'Return-to-work rate' },
    {
      zh: '返岗职工 ÷ 在园企业职工',
      ja: '復帰した従業員 ÷ 入居企業の従業員',
      en: 'staff returned / staff of resident enterprises',
    },
  ),
  count(
    'enterprises',
    'enterprises',
    { zh: '在园企业', ja: '入居企業', en: 'Resident enterprises' },
    { zh: '当日在园企业数', ja: '当日の入居企業数', en: 'enterprises resident on the day' },
  ),
  count(
    'enterprises-on-site',
    'enterprises',
    { zh: '现场复工企业', ja: '現場で再開した企業', en: 'Enterprises resumed on site' },
    { zh: '当日现场复工企业数', ja: '当日現場で再開している企業数', en: 'enterprises working on site on the day' },
  ),
  count(
    'enterprises-online-offline',
    'enterprises',
    { zh: '线上线下结合复工企业', ja: 'オンラインと実体で再開した企業', en: 'Enterprises resumed online-offline' },
    {
      zh: '当日线上线下结合复工企业数',
      ja: '当日オンラインと実体で再開している企業数',
      en: 'enterprises working online-offline on the day',
    },
  ),
  count(
    'staff',
    'persons',
    { zh: '在园企业职工', ja: '入居企業の従業員', en: 'Staff of resident enterprises' },
    { zh: '当日在园企业职工数', ja: '当日の入居企業の従業員数', en: 'staff of the enterprises resident on the day' },
  ),
  count(
    'staff-returned',
    'persons',
    { zh: '返岗职工', ja: '復帰した従業員', en: 'Staff returned' },
    { zh: '当日返岗职工数', ja: '当日復帰している従業員数', en: 'staff at work on the day' },
  ),
  count(
    'staff-online-offline',
    'persons',
    { zh: '线上线下结合办公职工', ja: 'オンラインと実体で働く従業員', en: 'Staff working online-offline' },
    {
      zh: '线上线下结合复工企业当日职工数',
      ja: 'オンラインと実体で再開した企業の当日の従業員数',
      en: 'staff of the enterprises working online-offline on the day',
    },
  ),
];

const SOURCE: FigureRecord['source'] = {
  title: {
    zh: '2020年3月18日关于滨海-中关村科技园复工复产的新闻报道',
    ja: '浜海-中関村科技園の生産再開に関する2020年3月18日の報道',
    en: 'News story of 18 March 2020 on the resumption of work in Binhai-Zhongguancun Science Park',
  },
  publishedOn: '2020-03-18',
};

type Published = Pick<FigureRecord, 'value'> &
  Partial<Pick<FigureRecord, 'approximate' | 'numerator' | 'denominator' | 'rounding' | 'scope'>>;

function published(code: string, unit: string, figure: Published): ObservationFacts {
  return {
    geographyId: HEADLINE_PARK,
    indicatorId: makeId('ind', code),
    period: { unit: 'DAY', from: HEADLINE_DAY, to: HEADLINE_DAY },
    basis: 'POINT',
    unit,
    figure: {
      revision: 1,
      approximate: false,
      yearOnYear: null,
      status: 'FINAL',
      numerator: null,
      denominator: null,
      scope: null,
      rounding: null,
      source: SOURCE,
      ...figure,
    },
    earlier: [],
  };
}

/** The story's figures of 2020-03-16. Its enterprises and staff working online are "about 50" and "over 400". */
export const OBSERVATIONS: readonly ObservationFacts[] = [
  published('production-resumption', '%', {
    value: '87.2',
    numerator: '206',
    denominator: '236',
    rounding: 'TRUNCATE',
    scope: {
      zh: '现场复工企业156家及线上线下结合复工企业约50家，占在园企业236家',
      ja: '入居企業236社のうち、現場で再開した156社とオンラインと実体で再開した約50社',
      en: '156 enterprises resumed on site and about 50 online-offline, of 236 resident',
    },
  }),
  published('return-to-work', '%', { value: '83.9', numerator: '5669', denominator: '6750', rounding: 'TRUNCATE' }),
  published('enterprises', 'enterprises', { value: '236' }),
  published('enterprises-on-site', 'enterprises', { value: '156' }),
  published('enterprises-online-offline', 'enterprises', {
    value: '50',
    approximate: true,
    scope: {
      zh: '孵化器内以2至3人为主的小微企业及互联网企业，“约50家”',
      ja: 'インキュベーター内の2～3人が中心の零細企業とインターネット企業、「約50社」',
      en: 'micro and internet enterprises in the incubator, mostly of 2 or 3 people: "about 50"',
    },
  }),
  published('staff', 'persons', { value: '6750' }),
  published('staff-returned', 'persons', { value: '5669' }),
  published('staff-online-offline', 'persons', {
    value: '400',
    approximate: true,
    scope: { zh: '“400余人”', ja: '「400人余り」', en: '"over 400"' },
  }),
];
