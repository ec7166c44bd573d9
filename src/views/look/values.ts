import { inLocale, type Locale, type Localized } from '../../domain/locale.ts';
import { CASE_VALUES } from './case-values.ts';
import { wordsOf } from './labels.ts';
import { RECORD_VALUES } from './record-values.ts';

/** Words for the values of enums, by the enum's name in the schema. */
export const VALUE_LABELS: Readonly<Record<string, Readonly<Record<string, Localized>>>> = {
  ...CASE_VALUES,
  ...RECORD_VALUES,
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
    MICRO: { zh: '微型企业', ja: '零細企業', en: 'Micro' },
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
    DOMINATED: { zh: '不公布：主要来自一家企业', ja: '非公表：一社が大半', en: 'kept back: mostly one enterprise' },
    NOT_PUBLISHED: { zh: '当日数据尚未公布', ja: '当日分は未公表', en: 'day not published yet' },
    PROTECTS_OTHERS: { zh: '不公布：可推算其他数字', ja: '非公表：逆算できるため', en: 'kept back: reveals others' },
  },
  Rounding: {
    TRUNCATE: { zh: '截尾', ja: '切捨て', en: 'Truncated' },
    HALF_UP: { zh: '四舍五入', ja: '四捨五入', en: 'Half up' },
  },
  ZoneKind: {
    NEW_AREA: { zh: '国家级新区', ja: '国家級新区', en: 'New area' },
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
    BENEFIT_SHARING: { zh: '利益共享', ja: '利益共有', en: 'Benefit sharing' },
    CROSS_COVERAGE: { zh: '政策交叉覆盖', ja: '政策クロスカバー', en: 'Cross coverage of policies' },
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
  Locale: {
    ZH: { zh: '中文', ja: '中国語', en: 'Chinese' },
    JA: { zh: '日语', ja: '日本語', en: 'Japanese' },
    EN: { zh: '英语', ja: '英語', en: 'English' },
  },
  DirectiveAudience: {
    PARK_OFFICES: { zh: '园区办公室', ja: '園区事務所', en: 'Park offices' },
    RESIDENTS: { zh: '园区办公室和全部驻园企业', ja: '園区事務所と全入居企業', en: 'Park offices and residents' },
    NAMED: { zh: '指定的企业', ja: '指定された企業', en: 'Those named' },
  },
  DirectiveState: {
    IN_FORCE: { zh: '现行', ja: '有効', en: 'In force' },
    ENDED: { zh: '已结束', ja: '終了', en: 'Ended' },
  },
  Weekday: {
    MON: { zh: '星期一', ja: '月曜日', en: 'Monday' },
    TUE: { zh: '星期二', ja: '火曜日', en: 'Tuesday' },
    WED: { zh: '星期三', ja: '水曜日', en: 'Wednesday' },
    THU: { zh: '星期四', ja: '木曜日', en: 'Thursday' },
    FRI: { zh: '星期五', ja: '金曜日', en: 'Friday' },
    SAT: { zh: '星期六', ja: '土曜日', en: 'Saturday' },
    SUN: { zh: '星期日', ja: '日曜日', en: 'Sunday' },
  },
  PostDuty: {
    GATE_GUARD: { zh: '门岗', ja: '門の警備', en: 'Gate guard' },
    TEMPERATURE_CHECK: { zh: '测温', ja: '検温', en: 'Temperature check' },
    VISITOR_REGISTRATION: { zh: '来访登记', ja: '来訪者の受付', en: 'Visitor registration' },
    DISINFECTION: { zh: '消毒', ja: '消毒', en: 'Disinfection' },
    PATROL: { zh: '巡查', ja: '巡回', en: 'Patrol' },
    DUTY_DESK: { zh: '值班台', ja: '当直の窓口', en: 'Duty desk' },
  },
  InapplicabilityCode: {
    POLICY_NOT_FOUND: { zh: '没有此政策', ja: '政策がない', en: 'No such policy' },
    POLICY_NOT_IN_FORCE: { zh: '政策当日无有效版本', ja: '政策がその日に有効でない', en: 'Policy not in force' },
    SUBJECT_NOT_FOUND: { zh: '没有此对象', ja: '対象がない', en: 'No such subject' },
    SUBJECT_NOT_RESIDENT: { zh: '对象当日不在功能区内', ja: '対象がその日に区域にない', en: 'Subject not resident' },
    SUBJECT_KIND_DIFFERS: { zh: '政策适用于其他类别的对象', ja: '政策の対象の種類が違う', en: 'For other subjects' },
    NO_COVERAGE: { zh: '无覆盖关系', ja: '適用範囲の外', en: 'No coverage' },
    COVERAGE_NOT_IN_FORCE: { zh: '覆盖当日未生效', ja: '適用範囲がその日に有効でない', en: 'Coverage not in force' },
    AGREEMENT_NOT_SIGNED: { zh: '协议尚未签署', ja: '協定が未署名', en: 'Agreement not signed' },
    AGREEMENT_NOT_IN_FORCE: { zh: '协议当日未生效', ja: '協定がその日に有効でない', en: 'Agreement not in force' },
    CONDITION_NOT_MET: { zh: '不符合覆盖条件', ja: '適用条件を満たさない', en: 'Condition not met' },
    CONDITION_UNKNOWN: { zh: '缺少判断覆盖条件的事实', ja: '適用条件を判断する事実がない', en: 'Condition not known' },
    TERMS_NOT_MET: { zh: '不符合政策条款', ja: '政策の条件を満たさない', en: 'Terms not met' },
    TERMS_UNKNOWN: { zh: '缺少判断条款的事实', ja: '条件を判断する事実がない', en: 'Terms not known' },
    TERMS_NOT_RECORDED: { zh: '条款未录入', ja: '条件が記録されていない', en: 'Terms not recorded' },
  },
  FactChangeKind: {
    SHOW: { zh: '需证明', ja: '証明が必要', en: 'To be shown' },
    CHANGE: { zh: '需改变', ja: '変更が必要', en: 'To be changed' },
  },
  Boolean: {
    true: { zh: '是', ja: 'はい', en: 'Yes' },
    false: { zh: '否', ja: 'いいえ', en: 'No' },
  },
};

/** Words for the units of indicators. A unit that is no word stays as it is, e.g. `%`. */
const UNITS: ReadonlyMap<string, Localized> = new Map([
  ['enterprises', { zh: '家', ja: '社', en: 'enterprises' }],
  ['persons', { zh: '人', ja: '人', en: 'persons' }],
]);

/** Returns a unit in a language. */
export function unitLabel(unit: string, locale: Locale): string {
  const label = UNITS.get(unit);
  return label ? inLocale(label, locale) : unit;
}

/** Returns the word for a value in a language; the value in words if none is known. */
export function valueLabel(type: string, value: string, locale: Locale): string {
  const label = VALUE_LABELS[type]?.[value];
  return label ? inLocale(label, locale) : wordsOf(value.toLowerCase().replaceAll('_', ' '));
}
