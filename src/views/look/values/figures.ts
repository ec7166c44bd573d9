import type { Localized } from '../../../domain/locale.ts';

/** Words for the values of enums of parks, their published figures, facilities and posts. */
export const FIGURES_VALUES: Readonly<Record<string, Readonly<Record<string, Localized>>>> = {
  ControlUnitKind: {
    PARK_OFFICE: { zh: '园区办公室', ja: '園区事務所', en: 'Park office' },
    PROPERTY_OWNER: { zh: '产权管理机构', ja: '所有者', en: 'Property owner' },
    PROPERTY_MANAGER: { zh: '物业公司', ja: '管理会社', en: 'Property manager' },
    SUBDISTRICT: { zh: '街道', ja: '街道弁事処', en: 'Subdistrict' },
    POLICE_STATION: { zh: '派出所', ja: '派出所', en: 'Police station' },
  },
  EnterpriseBreakdown: {
    SECTOR: { zh: '产业', ja: '産業', en: 'Sector' },
    SIZE: { zh: '企业规模', ja: '企業規模', en: 'Size' },
    MODE: { zh: '复工方式', ja: '再開の形態', en: 'Mode' },
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
  ObservationBasis: {
    PERIOD: { zh: '当期', ja: '当期', en: 'Of the period' },
    YTD: { zh: '年初至今', ja: '年初来', en: 'Year to date' },
    CUMULATIVE: { zh: '累计', ja: '累計', en: 'Cumulative' },
    POINT: { zh: '时点', ja: '時点', en: 'At the end' },
  },
  ObservationStatus: {
    PRELIMINARY: { zh: '初步数', ja: '速報値', en: 'Preliminary' },
    REVISED: { zh: '修订数', ja: '改定値', en: 'Revised' },
    FINAL: { zh: '最终数', ja: '確定値', en: 'Final' },
  },
  OperationMode: {
    ON_SITE: { zh: '现场复工', ja: '現場で再開', en: 'On site' },
    ONLINE_OFFLINE: { zh: '线上线下结合', ja: 'オンライン併用', en: 'Online and offline' },
    NOT_RESUMED: { zh: '未复工', ja: '未再開', en: 'Not resumed' },
  },
  PostDuty: {
    GATE_GUARD: { zh: '门岗', ja: '門の警備', en: 'Gate guard' },
    TEMPERATURE_CHECK: { zh: '测温', ja: '検温', en: 'Temperature check' },
    VISITOR_REGISTRATION: { zh: '来访登记', ja: '来訪者の受付', en: 'Visitor registration' },
    DISINFECTION: { zh: '消毒', ja: '消毒', en: 'Disinfection' },
    PATROL: { zh: '巡查', ja: '巡回', en: 'Patrol' },
    DUTY_DESK: { zh: '值班台', ja: '当直の窓口', en: 'Duty desk' },
  },
  ResumptionRevisionKind: {
    PUBLICATION: { zh: '公布', ja: '公表', en: 'Publication' },
    BACKFILL: { zh: '补录', ja: '追加公表', en: 'Backfill' },
    CORRECTION: { zh: '更正', ja: '訂正', en: 'Correction' },
  },
  ResumptionStatus: {
    OPEN: { zh: '未公布', ja: '未公表', en: 'Open' },
    PUBLISHED: { zh: '已公布', ja: '公表済み', en: 'Published' },
    CLOSED: { zh: '已定稿', ja: '確定', en: 'Closed' },
    CORRECTED: { zh: '已更正', ja: '訂正済み', en: 'Corrected' },
  },
  Rounding: {
    TRUNCATE: { zh: '截尾', ja: '切捨て', en: 'Truncated' },
    HALF_UP: { zh: '四舍五入', ja: '四捨五入', en: 'Half up' },
  },
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
  Suppression: {
    BELOW_THRESHOLD: { zh: '不公布：涉及数量过少', ja: '非公表：少数', en: 'kept back: tells of few' },
    DOMINATED: { zh: '不公布：主要来自一家企业', ja: '非公表：一社が大半', en: 'kept back: mostly one enterprise' },
    NOT_PUBLISHED: { zh: '当日数据尚未公布', ja: '当日分は未公表', en: 'day not published yet' },
    PROTECTS_OTHERS: { zh: '不公布：可推算其他数字', ja: '非公表：逆算できるため', en: 'kept back: reveals others' },
  },
};
