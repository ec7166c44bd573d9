/** The facts that terms of policies and conditions of case types may read, by the kind of their subject. */
import type { Sector, SizeClass } from '../enterprises/industry.ts';
import type { SubjectKind } from '../linkages/coverage.ts';
import type { Localized } from '../locale.ts';
import type { FactDefinition, FactType, Vocabulary } from '../rules/vocabulary.ts';

type More = Partial<Pick<FactDefinition, 'codes' | 'codeNames' | 'min' | 'max'>>;

/** Returns the codes of a table of names in Chinese, Japanese and English, in its order. */
function coded(names: Readonly<Record<string, readonly [zh: string, ja: string, en: string]>>): More {
  const codeNames = Object.fromEntries(Object.entries(names).map(([code, [zh, ja, en]]) => [code, { zh, ja, en }]));
  return { codes: Object.keys(names), codeNames };
}

const fact =
  (canChange: boolean) =>
  (type: FactType, zh: string, ja: string, en: string, more: More = {}): FactDefinition => ({
    type,
    name: { zh, ja, en } satisfies Localized,
    canChange,
    ...more,
  });
const changing = fact(true);
/** A fact of the past, or of others' making. */
const lasting = fact(false);

const SECTOR_NAMES: Readonly<Record<Sector, readonly [zh: string, ja: string, en: string]>> = {
  DIGITAL_ECONOMY: ['数字经济', 'デジタル経済', 'digital economy'],
  PRECISION_MEDICINE: ['精准医疗', '精密医療', 'precision medicine'],
  SMART_TRANSPORT: ['智慧交通', 'スマート交通', 'smart transport'],
  NEW_MATERIALS: ['新材料', '新素材', 'new materials'],
  INTELLIGENT_MANUFACTURING: ['智能制造', 'スマート製造', 'intelligent manufacturing'],
  TECHNOLOGY_SERVICES: ['科技服务', '技術サービス', 'technology services'],
  OTHER: ['其他', 'その他', 'other'],
};
const SIZE_NAMES: Readonly<Record<SizeClass, readonly [zh: string, ja: string, en: string]>> = {
  MICRO: ['微型企业', '零細企業', 'micro'],
  SMALL: ['小型企业', '小企業', 'small'],
  MEDIUM: ['中型企业', '中企業', 'medium'],
  LARGE: ['大型企业', '大企業', 'large'],
};

/** A code without a list: zones are records. A subject that resides in several zones has none. */
const zone = lasting('CODE', '所在功能区', '所在区域', 'The zone where it resides');

const ENTERPRISE: Vocabulary = {
  zone,
  residentSince: lasting('DAY', '入驻本功能区之日', '区域に入居した日', 'Resident in the zone since', {
    min: '1900-01-01',
    max: '2100-12-31',
  }),
  sector: lasting('CODE', '行业', '業種', 'Sector', coded(SECTOR_NAMES)),
  sizeClass: lasting('CODE', '企业规模', '企業規模', 'Size class', coded(SIZE_NAMES)),
  qualifications: changing(
    'CODES',
    '资质',
    '資格',
    'Qualifications',
    coded({
      HIGH_TECH_ENTERPRISE: ['高新技术企业', 'ハイテク企業', 'high-tech enterprise'],
      TECH_SME: ['科技型中小企业', '科学技術型中小企業', 'technology SME'],
      SPECIALISED_AND_NEW: ['专精特新', '専精特新', 'specialised and new'],
    }),
  ),
  siteKinds: changing(
    'CODES',
    '场所类型',
    '拠点の種類',
    'Kinds of sites',
    coded({
      HEADQUARTERS: ['总部', '本社', 'headquarters'],
      RND_CENTRE: ['研发中心', '研究開発センター', 'R&D centre'],
      OPERATIONS_CENTRE: ['运营中心', '運営センター', 'operations centre'],
      MANUFACTURING: ['生产基地', '生産拠点', 'manufacturing'],
    }),
  ),
  relocated: lasting('BOOLEAN', '由其他区域迁入', '他区域からの移転', 'Moved here from another zone'),
  relocationLedBy: lasting(
    'CODE',
    '迁移主导方',
    '移転の主導者',
    'Who led the relocation',
    coded({
      GOVERNMENT: ['政府主导', '政府主導', 'government'],
      MARKET: ['市场行为', '市場による', 'market'],
    }),
  ),
  relocationListed: lasting(
    'BOOLEAN',
    '列入双方确认的名单',
    '双方が確認した名簿への記載',
    'On the list that both governments confirm',
  ),
  fitsLayout: lasting(
    'BOOLEAN',
    '符合迁入地产业布局',
    '移転先の産業配置への適合',
    'Fits the industrial layout of its new place',
  ),
  localTaxBeforeMove: lasting(
    'FEN',
    '迁出前三年缴税地方部分合计',
    '移転前三年の納税額（地方分）の合計',
    'Local part of the taxes paid in the three years before the move',
    { min: 0 },
  ),
  localTaxByYear: lasting(
    'AMOUNTS',
    '迁入后各年缴税地方部分',
    '移転後の各年の納税額（地方分）',
    'Local part of the taxes paid in each year after the move',
  ),
};

const PERSON: Vocabulary = {
  zone,
  bornOn: lasting('DAY', '出生日期', '生年月日', 'Date of birth', { min: '1900-01-01', max: '2100-12-31' }),
  degree: changing(
    'CODE',
    '学历学位',
    '学歴・学位',
    'Degree',
    coded({
      NONE: ['无', 'なし', 'none'],
      BACHELOR: ['学士', '学士', 'bachelor'],
      MASTER: ['硕士', '修士', 'master'],
      DOCTOR: ['博士', '博士', 'doctor'],
    }),
  ),
  degreeVerified: changing('BOOLEAN', '学历学位已核验', '学歴・学位の確認済み', 'Degree is verified'),
  title: changing(
    'CODE',
    '职称',
    '職称',
    'Professional title',
    coded({
      NONE: ['无', 'なし', 'none'],
      JUNIOR: ['初级', '初級', 'junior'],
      MIDDLE: ['中级', '中級', 'middle'],
      SENIOR: ['高级', '上級', 'senior'],
    }),
  ),
  skill: changing(
    'CODE',
    '职业技能等级',
    '職業技能等級',
    'Skill level',
    coded({
      NONE: ['无', 'なし', 'none'],
      SKILLED: ['高级工', '上級工', 'skilled worker'],
      TECHNICIAN: ['技师', '技師', 'technician'],
      SENIOR_TECHNICIAN: ['高级技师', '上級技師', 'senior technician'],
    }),
  ),
  talentCard: changing(
    'CODE',
    '人才卡',
    '人材カード',
    'Talent card',
    coded({
      NONE: ['无', 'なし', 'none'],
      TALENT_CARD_A: ['A类', 'A類', 'class A'],
      TALENT_CARD_B: ['B类', 'B類', 'class B'],
    }),
  ),
  /** A card without it is one of the zone whose policy is judged. */
  talentCardZone: changing('CODE', '发卡功能区', 'カードを発行した区域', 'The zone that has issued the talent card'),
  insuranceMonths: changing('INTEGER', '社会保险缴费月数', '社会保険の加入月数', 'Months of social insurance', {
    min: 0,
    max: 720,
  }),
  isEmployed: changing('BOOLEAN', '在本区用人单位就业', '区内の雇用主に就業', 'Works for an employer in the zone'),
  equityShare: changing(
    'INTEGER',
    '持股比例（基点）',
    '持株比率（ベーシスポイント）',
    'Share in the company, in basis points',
    {
      min: 0,
      max: 10_000,
    },
  ),
  criminalRecord: lasting('BOOLEAN', '有犯罪记录', '犯罪歴', 'Criminal record'),
  localHukou: changing('BOOLEAN', '具有本市户籍', '市の戸籍', 'Hukou of the city'),
  residesInZone: changing('BOOLEAN', '在本功能区居住', '区域内に居住', 'Lives in the zone'),
  ownsDwelling: changing('BOOLEAN', '在本市有自有住房', '市内に持ち家', 'Owns a dwelling in the city'),
  monthlyIncome: changing('FEN', '月收入', '月収', 'Monthly income', { min: 0, max: 100_000_000_000 }),
  married: changing('BOOLEAN', '已婚', '既婚', 'Married'),
  minorChildren: changing('INTEGER', '未成年子女人数', '未成年の子の数', 'Number of children under age', {
    min: 0,
    max: 20,
  }),
  recommended: changing('BOOLEAN', '用人单位推荐', '雇用主の推薦', 'Recommended by the employer'),
  childAge: lasting(
    'INTEGER',
    '子女在规定日的周岁年龄',
    '規定日の子の満年齢',
    "The child's age on the day that counts",
    {
      min: 0,
      max: 17,
    },
  ),
};

const SITE: Vocabulary = {
  zone,
  sector: ENTERPRISE.sector as FactDefinition,
  qualifications: ENTERPRISE.qualifications as FactDefinition,
  siteKinds: ENTERPRISE.siteKinds as FactDefinition,
};

export const FACTS_OF: Readonly<Record<SubjectKind, Vocabulary>> = { ENTERPRISE, PERSON, SITE };
