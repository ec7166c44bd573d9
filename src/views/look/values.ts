import { inLocale, type Locale, type Localized } from '../../domain/locale.ts';
import { wordsOf } from './labels.ts';

/** Words for the values of enums, by the enum's name in the schema. */
export const VALUE_LABELS: Readonly<Record<string, Readonly<Record<string, Localized>>>> = {
  Sector: {
    DIGITAL_ECONOMY: { zh: '数字经济', ja: 'デジタル経済', en: 'Digital economy' },
    PRECISION_MEDICINE: { zh: '精准医疗', ja: '精密医療', en: 'Precision medicine' },
    SMART_TRANSPORT: { zh: '智慧交通', ja: 'スマート交通', en: 'Smart transport' },
    NEW_MATERIALS: { zh: '新材料', ja: '新素材', en: 'New materials' },
    INTELLIGENT_MANUFACTURING: { zh: '智能制造', ja: 'スマート製造', en: 'Intelligent manufacturing' },
    TECHNOLOGY_SERVICES: { zh: '科技服务', ja: '技術サービス', en: 'Technology services' },
    OTHER: { zh: '其他', ja: 'その他', en: 'Other' },
  },
  SizeClass: {
    MICRO: { zh: '微型企业', ja: '極小企業', en: 'Micro' },
    SMALL: { zh: '小型企业', ja: '小企業', en: 'Small' },
    MEDIUM: { zh: '中型企业', ja: '中企業', en: 'Medium' },
    LARGE: { zh: '大型企业', ja: '大企業', en: 'Large' },
  },
  OperationMode: {
    ON_SITE: { zh: '现场复工', ja: '現場で再開', en: 'On site' },
    ONLINE_OFFLINE: { zh: '线上线下结合', ja: 'オンライン併用', en: 'Online and offline' },
    NOT_RESUMED: { zh: '未复工', ja: '未再開', en: 'Not resumed' },
  },
  ResumptionStatus: {
    OPEN: { zh: '未公布', ja: '未公表', en: 'Open' },
    PUBLISHED: { zh: '已公布', ja: '公表済み', en: 'Published' },
    CLOSED: { zh: '已定稿', ja: '確定', en: 'Closed' },
    CORRECTED: { zh: '已更正', ja: '訂正済み', en: 'Corrected' },
  },
  ResumptionRevisionKind: {
    PUBLICATION: { zh: '公布', ja: '公表', en: 'Publication' },
    BACKFILL: { zh: '补录', ja: '追加公表', en: 'Backfill' },
    CORRECTION: { zh: '更正', ja: '訂正', en: 'Correction' },
  },
  Suppression: {
    BELOW_THRESHOLD: { zh: '不公布：涉及人数过少', ja: '非公表：少人数', en: 'kept back: tells of few' },
    PROTECTS_OTHERS: { zh: '不公布：可推算其他数字', ja: '非公表：逆算できるため', en: 'kept back: reveals others' },
  },
  CaseKind: {
    HUKOU: { zh: '落户', ja: '戸籍', en: 'Hukou' },
    HOUSING: { zh: '住房', ja: '住宅', en: 'Housing' },
    SCHOOLING: { zh: '子女入学', ja: '子どもの入学', en: 'Schooling' },
  },
  Rounding: {
    TRUNCATE: { zh: '截尾', ja: '切捨て', en: 'Truncated' },
    HALF_UP: { zh: '四舍五入', ja: '四捨五入', en: 'Half up' },
  },
  ZoneKind: {
    DEVELOPMENT: { zh: '经济技术开发区', ja: '経済技術開発区', en: 'Development area' },
    HIGH_TECH: { zh: '高新技术产业开发区', ja: 'ハイテク産業開発区', en: 'High-tech area' },
    BONDED: { zh: '保税区', ja: '保税区', en: 'Bonded zone' },
    PORT: { zh: '港区', ja: '港区', en: 'Port' },
    ECO_CITY: { zh: '生态城', ja: 'エコシティ', en: 'Eco-city' },
    SCIENCE_CITY: { zh: '科技城', ja: 'サイエンスシティ', en: 'Science city' },
    SCIENCE_PARK: { zh: '科技园区', ja: 'サイエンスパーク', en: 'Science park' },
    DEMONSTRATION: { zh: '自主创新示范区', ja: '自主イノベーション模範区', en: 'Demonstration zone' },
  },
  AgreementKind: {
    JOINT_DEVELOPMENT: { zh: '合作共建', ja: '共同開発', en: 'Joint development' },
    BENEFIT_SHARING: { zh: '利益共享', ja: '利益配分', en: 'Benefit sharing' },
    CROSS_COVERAGE: { zh: '政策交叉覆盖', ja: '政策の相互適用', en: 'Cross coverage of policies' },
    MUTUAL_RECOGNITION: { zh: '资格互认', ja: '資格の相互承認', en: 'Mutual recognition' },
  },
  AgreementStatus: {
    PROPOSED: { zh: '待签署', ja: '署名待ち', en: 'To be signed' },
    SIGNED: { zh: '已签署', ja: '署名済み', en: 'Signed' },
    EXPIRED: { zh: '已到期', ja: '満了', en: 'Expired' },
    TERMINATED: { zh: '已终止', ja: '終了', en: 'Terminated' },
    DECLINED: { zh: '已拒绝', ja: '不成立', en: 'Declined' },
    WITHDRAWN: { zh: '已撤回', ja: '取下げ', en: 'Withdrawn' },
  },
  AuthorityLevel: {
    STATE: { zh: '国家', ja: '国', en: 'State' },
    CITY: { zh: '市', ja: '市', en: 'City' },
    DISTRICT: { zh: '区', ja: '区', en: 'District' },
    ZONE: { zh: '功能区', ja: '区域', en: 'Zone' },
  },
  SubjectKind: {
    ENTERPRISE: { zh: '企业', ja: '企業', en: 'Enterprise' },
    PERSON: { zh: '个人', ja: '個人', en: 'Person' },
    SITE: { zh: '场所', ja: '拠点', en: 'Site' },
  },
  StatisticsPeriod: {
    MONTH: { zh: '月', ja: '月', en: 'Month' },
    QUARTER: { zh: '季度', ja: '四半期', en: 'Quarter' },
  },
  FacilityKind: {
    INCUBATOR: { zh: '孵化器', ja: 'インキュベーター', en: 'Incubator' },
    TALENT_APARTMENT: { zh: '人才公寓', ja: '人材住宅', en: 'Talent flats' },
    SCHOOL: { zh: '学校', ja: '学校', en: 'School' },
    KINDERGARTEN: { zh: '幼儿园', ja: '幼稚園', en: 'Kindergarten' },
    CANTEEN: { zh: '食堂', ja: '食堂', en: 'Canteen' },
    CLINIC: { zh: '诊所', ja: '診療所', en: 'Clinic' },
    LABORATORY: { zh: '实验室', ja: '研究室', en: 'Laboratory' },
    SERVICE_HALL: { zh: '服务大厅', ja: 'サービス窓口', en: 'Service hall' },
  },
  Truth: {
    MET: { zh: '符合', ja: '該当', en: 'Met' },
    NOT_MET: { zh: '不符合', ja: '非該当', en: 'Not met' },
    UNKNOWN: { zh: '待定', ja: '不明', en: 'Not known yet' },
  },
  Boolean: {
    true: { zh: '是', ja: 'はい', en: 'Yes' },
    false: { zh: '否', ja: 'いいえ', en: 'No' },
  },
};

/** Returns the word for a value in a language; the value in words if none is known. */
export function valueLabel(type: string, value: string, locale: Locale): string {
  const label = VALUE_LABELS[type]?.[value];
  return label ? inLocale(label, locale) : wordsOf(value.toLowerCase().replaceAll('_', ' '));
}
