import type { Localized } from '../../domain/locale.ts';

/** Words for the values of enums of enterprises, parks, policies and agreements, by the enum's name in the schema. */
export const RECORD_VALUES: Readonly<Record<string, Readonly<Record<string, Localized>>>> = {
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
  ControlUnitKind: {
    PARK_OFFICE: { zh: '园区办公室', ja: '園区事務所', en: 'Park office' },
    PROPERTY_OWNER: { zh: '产权管理机构', ja: '所有者', en: 'Property owner' },
    PROPERTY_MANAGER: { zh: '物业公司', ja: '管理会社', en: 'Property manager' },
    SUBDISTRICT: { zh: '街道', ja: '街道弁事処', en: 'Subdistrict' },
    POLICE_STATION: { zh: '派出所', ja: '派出所', en: 'Police station' },
  },
  PolicyPackageKind: {
    POLICY_PACKAGE: { zh: '政策包', ja: '政策パッケージ', en: 'Policy package' },
    FINANCIAL_PRODUCT_PACKAGE: { zh: '金融产品包', ja: '金融商品パッケージ', en: 'Financial products' },
  },
  PolicyVersionStatus: {
    PUBLISHED: { zh: '已发布', ja: '公布済み', en: 'Published' },
    WITHDRAWN: { zh: '已废止', ja: '廃止', en: 'Withdrawn' },
  },
  AgreementPurpose: {
    POLICY_COVERAGE: { zh: '政策交叉覆盖', ja: '政策クロスカバー', en: 'Coverage of policies' },
    BENEFIT_SHARING: { zh: '利益共享', ja: '利益共有', en: 'Benefit sharing' },
    RECOGNITION: { zh: '资格互认', ja: '資格の相互承認', en: 'Recognition' },
    JOINT_DEVELOPMENT: { zh: '合作共建', ja: '共同開発', en: 'Joint development' },
    CROSS_ZONE_CASES: { zh: '跨省通办', ja: '区域間の手続', en: 'Cases across zones' },
  },
  PartyRole: {
    ORIGIN: { zh: '转出地', ja: '転出元', en: 'Origin' },
    DESTINATION: { zh: '承接地', ja: '転入先', en: 'Destination' },
    OPERATOR: { zh: '运营方', ja: '運営者', en: 'Operator' },
  },
  CoverageDirection: {
    IN: { zh: '其他功能区的政策', ja: '他区域の政策', en: 'Policies of others' },
    OUT: { zh: '本功能区的政策', ja: '自区域の政策', en: 'Own policies' },
  },
  CourseState: {
    ANNOUNCED: { zh: '已发布', ja: '案内中', en: 'Announced' },
    CANCELLED: { zh: '已取消', ja: '中止', en: 'Cancelled' },
  },
  SiteKind: {
    HEADQUARTERS: { zh: '总部', ja: '本社', en: 'Headquarters' },
    RND_CENTRE: { zh: '研发中心', ja: '研究開発拠点', en: 'R&D centre' },
    OPERATIONS_CENTRE: { zh: '运营中心', ja: '運営拠点', en: 'Operations centre' },
    MANUFACTURING: { zh: '生产基地', ja: '生産拠点', en: 'Manufacturing' },
  },
  QualificationKind: {
    HIGH_TECH_ENTERPRISE: { zh: '高新技术企业', ja: 'ハイテク企業', en: 'High-tech enterprise' },
    TECH_SME: { zh: '科技型中小企业', ja: '科学技術型中小企業', en: 'Technology SME' },
    SPECIALISED_AND_NEW: { zh: '专精特新', ja: '専精特新企業', en: 'Specialised and new' },
  },
  RecognisedKind: {
    HIGH_TECH_ENTERPRISE: { zh: '高新技术企业', ja: 'ハイテク企業', en: 'High-tech enterprise' },
    TECH_SME: { zh: '科技型中小企业', ja: '科学技術型中小企業', en: 'Technology SME' },
    SPECIALISED_AND_NEW: { zh: '专精特新', ja: '専精特新企業', en: 'Specialised and new' },
    TALENT_CARD_A: { zh: '人才卡A类', ja: '人材カードA', en: 'Talent card A' },
    TALENT_CARD_B: { zh: '人才卡B类', ja: '人材カードB', en: 'Talent card B' },
  },
  RecognitionDirection: {
    IN: { zh: '认可其他功能区的', ja: '他区域のものを承認', en: 'Of other zones' },
    OUT: { zh: '被其他功能区认可的', ja: '他区域が承認', en: 'By other zones' },
  },
  RegistrationState: {
    UNCONFIRMED: { zh: '未确认', ja: '未確認', en: 'Unconfirmed' },
    CHALLENGED: { zh: '有异议', ja: '異議あり', en: 'Challenged' },
    CONFIRMED: { zh: '已确认', ja: '確認済み', en: 'Confirmed' },
    VOID: { zh: '无效', ja: '無効', en: 'Void' },
  },
  ResidencyKind: {
    REGISTERED: { zh: '注册', ja: '登記', en: 'Registered' },
    OPERATING: { zh: '经营', ja: '営業', en: 'Operating' },
    INCUBATED: { zh: '孵化', ja: '育成中', en: 'Incubated' },
  },
  OfferKind: {
    SCENARIO: { zh: '应用场景', ja: '活用の場', en: 'Scenario' },
    OFFER: { zh: '合作', ja: '協業', en: 'Offer' },
  },
  OfferState: {
    OPEN: { zh: '开放', ja: '募集中', en: 'Open' },
    WITHDRAWN: { zh: '已撤回', ja: '取下げ', en: 'Withdrawn' },
  },
  EnterpriseBreakdown: {
    SECTOR: { zh: '产业', ja: '産業', en: 'Sector' },
    SIZE: { zh: '企业规模', ja: '企業規模', en: 'Size' },
    MODE: { zh: '复工方式', ja: '再開の形態', en: 'Mode' },
  },
  ProjectStage: {
    CONTACT: { zh: '洽谈', ja: '商談', en: 'Contact' },
    SIGNED: { zh: '签约', ja: '契約', en: 'Signed' },
    LANDED: { zh: '落地', ja: '進出', en: 'Landed' },
    PRODUCING: { zh: '投产', ja: '生産開始', en: 'Producing' },
    LOST: { zh: '流失', ja: '不成立', en: 'Lost' },
  },
  SuccessionKind: {
    ABSORPTION: { zh: '吸收合并', ja: '吸収合併', en: 'Absorption' },
    SPLIT_UP: { zh: '解散分立', ja: '解散分割', en: 'Split up' },
    SPLIT_OFF: { zh: '存续分立', ja: '存続分割', en: 'Split off' },
  },
  QuestionAudience: {
    OWN: { zh: '仅本人', ja: '本人のみ', en: 'Oneself' },
    ZONE: { zh: '本功能区', ja: '区域内', en: 'One zone' },
    PUBLIC: { zh: '所有人', ja: '全員', en: 'Everybody' },
  },
  QuestionView: {
    TABLE: { zh: '表格', ja: '表', en: 'Table' },
    CHART: { zh: '图表', ja: 'グラフ', en: 'Chart' },
    GRAPH: { zh: '关系图', ja: '関係図', en: 'Graph' },
    JSON: { zh: 'JSON', ja: 'JSON', en: 'JSON' },
  },
};
