import { transact } from '../../dynamodb/transaction.ts';
import { attributeIs, update } from '../../dynamodb/write.ts';
import type { PrimaryKey } from '../../tables.ts';
import type { Migration } from '../migration.ts';

/** A version of a case type, with conditions that code judged; later, with a rule. */
interface Stored extends PrimaryKey {
  readonly type: 'CaseType' | 'CaseTypeVersion';
  readonly conditions?: {
    readonly childAge?: { readonly on: string; readonly atLeast: number; readonly below: number };
    readonly recommendation?: boolean;
    readonly residenceInZone?: boolean;
    readonly noOwnDwelling?: boolean;
  };
  readonly rule?: { readonly language: 1; readonly when: object };
}

const term = (name: string, [zh, ja, en]: readonly [string, string, string], fact: string, op: string, r: unknown) => ({
  term: name,
  text: { zh, ja, en },
  is: { l: { fact }, op, r },
});

/** Writes the conditions of case types as terms of their rules. */
export const rulesOfCaseTypes: Migration = {
  version: 11,
  name: 'rules-of-case-types',
  async run({ pages, table }) {
    for await (const page of pages<Stored>('talent', ['CaseType', 'CaseTypeVersion'])) {
      for (const item of page) {
        const { conditions, rule } = item;
        if (!conditions) continue;
        const terms = termsOf(conditions);
        const when = rule ? [rule.when, ...terms] : terms;
        const set = {
          ...(terms.length > 0 && { rule: { ...rule, language: 1, when: { all: when } } }),
          ...(conditions.childAge && { childAgeOn: conditions.childAge.on }),
        };
        const isSame = { when: attributeIs('conditions', conditions), otherwise: 'CHANGED' as const };
        const outcome = await transact(table('talent'), [update(item, { set, remove: ['conditions'] }, isSame)]);
        if (!outcome.committed)
          throw new Error(`${item.pk} was changed while it was migrated: run the migration again`);
      }
    }
  },
};

function termsOf({ childAge, recommendation, residenceInZone, noOwnDwelling }: NonNullable<Stored['conditions']>) {
  return [
    ...(childAge ? ageTerms(childAge) : []),
    ...(recommendation
      ? [
          term(
            'condition-recommended',
            ['须由用人单位推荐。', '雇用主の推薦が必要です。', 'The employer recommends the applicant.'],
            'recommended',
            '=',
            true,
          ),
        ]
      : []),
    ...(residenceInZone
      ? [
          term(
            'condition-resides',
            [
              '申请人须在本功能区居住。',
              '申請者はこの区域に居住している必要があります。',
              'The applicant lives in the zone.',
            ],
            'residesInZone',
            '=',
            true,
          ),
        ]
      : []),
    ...(noOwnDwelling
      ? [
          term(
            'condition-no-dwelling',
            [
              '申请人在本市须无自有住房。',
              '申請者は市内に持ち家がないことが必要です。',
              'The applicant owns no dwelling in the city.',
            ],
            'ownsDwelling',
            '=',
            false,
          ),
        ]
      : []),
  ];
}

const ageTerms = ({
  on,
  atLeast,
  below,
}: {
  readonly on: string;
  readonly atLeast: number;
  readonly below: number;
}) => [
  term(
    'condition-age',
    [
      `子女在${on}须年满${atLeast}周岁。`,
      `子は${on}に満${atLeast}歳に達している必要があります。`,
      `The child is at least ${atLeast} years old on ${on}.`,
    ],
    'childAge',
    '>=',
    atLeast,
  ),
  term(
    'condition-under-age',
    [
      `子女在${on}须未满${below}周岁。`,
      `子は${on}に満${below}歳未満である必要があります。`,
      `The child is under ${below} years old on ${on}.`,
    ],
    'childAge',
    '<',
    below,
  ),
];
