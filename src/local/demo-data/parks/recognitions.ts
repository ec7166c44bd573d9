import { makeId } from '../../../domain/ids.ts';
import type { RecognitionRecord } from '../../../domain/linkages/recognition.ts';
import { CROSS_COVERAGE, RECOGNITION } from './agreements.ts';
import { DONGJIANG, HIGH_TECH, TEDA, ZHONGGUANCUN } from './zones.ts';

const DAYS = { validFrom: '2019-06-01', validTo: null } as const;

/** Synthetic: the recognitions between zones are assumed. The last one has ended. */
export const RECOGNITIONS: readonly RecognitionRecord[] = [
  {
    ...{ id: makeId('recog', 'sample-high-tech-in-teda'), version: 1, byZoneId: TEDA, ofZoneId: HIGH_TECH },
    ...{ kind: 'HIGH_TECH_ENTERPRISE', agreementId: RECOGNITION, ...DAYS },
    rule: {
      language: 1,
      when: {
        term: 'size',
        text: {
          zh: '企业为微型、小型或中型企业',
          ja: '企業が零細、小または中企業であること',
          en: 'The enterprise is micro, small or medium-sized',
        },
        is: { l: { fact: 'sizeClass' }, op: 'in', r: ['MICRO', 'SMALL', 'MEDIUM'] },
      },
    },
  },
  {
    ...{ id: makeId('recog', 'sample-cards-in-dongjiang'), version: 1, byZoneId: DONGJIANG, ofZoneId: TEDA },
    ...{ kind: 'TALENT_CARD_B', agreementId: RECOGNITION, ...DAYS, rule: null },
  },
  {
    ...{ id: makeId('recog', 'sample-cards-in-teda'), version: 1, byZoneId: TEDA, ofZoneId: ZHONGGUANCUN },
    ...{ kind: 'TALENT_CARD_B', agreementId: CROSS_COVERAGE, ...DAYS, validTo: '2029-12-31' },
    rule: {
      language: 1,
      when: {
        term: 'record',
        text: { zh: '无犯罪记录', ja: '犯罪歴がないこと', en: 'No criminal record' },
        is: { l: { fact: 'criminalRecord' }, op: '=', r: false },
      },
    },
  },
  {
    ...{ id: makeId('recog', 'sample-sme-in-teda'), version: 2, byZoneId: TEDA, ofZoneId: DONGJIANG },
    ...{ kind: 'TECH_SME', agreementId: RECOGNITION, ...DAYS, validTo: '2019-12-31', rule: null },
  },
];
