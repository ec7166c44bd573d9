/** Words of the access log, loaded with it. */
import type { Locale } from '../generated/my-access-log.ts';

export interface AccessWords {
  readonly title: string;
  readonly lead: string;
  readonly asking: string;
  readonly none: string;
  readonly failed: string;
  readonly notApplicant: string;
  readonly more: string;
  readonly leave: string;
  /** Label of the purpose. */
  readonly purpose: string;
  readonly purposes: Readonly<Record<string, string>>;
  /** Label of the fields that were shown whole; `masked` is that of the masked ones. */
  readonly whole: string;
  readonly masked: string;
  readonly content: string;
  readonly opened: string;
  /** Separator between two fields, and between two facts. */
  readonly and: string;
  readonly between: string;
  /** Fields of a person, by their names in the schema. */
  readonly fields: Readonly<Record<string, string>>;
}

const ZH: AccessWords = {
  title: '谁查看过我的信息',
  lead: '每次向他人显示您的办件或个人信息，都先记录在这里，最新的在前。您本人的查看不记录。',
  asking: '正在读取…',
  none: '还没有人查看过您的信息。',
  failed: '系统暂时无法答复。请稍后再试。',
  notApplicant: '只有以申请人身份登录，才能看到查看记录。',
  more: '更早的记录',
  leave: '退出登录',
  purpose: '目的：',
  purposes: {
    CASE_HANDLING: '办理此件',
    SUPERVISION: '监督检查',
    CORRECTION: '更正信息',
    OWN_DATA: '本人查看',
    POLICY_COVERAGE: '核对政策适用',
    BENEFIT_SHARING: '利益共享',
    RECOGNITION: '资格互认',
    JOINT_DEVELOPMENT: '共同开发',
    CROSS_ZONE_CASES: '跨区办理',
  },
  whole: '完整显示：',
  masked: '部分隐去：',
  content: '办件内容',
  opened: '用受理号和查询密码打开了办件',
  and: '、',
  between: '；',
  fields: {
    'Applicant.name': '姓名',
    'Applicant.idNumber': '身份证号',
    'Applicant.phone': '电话',
    'DocumentLink.url': '材料文件',
  },
};

const JA: AccessWords = {
  title: '私の情報を見た人',
  lead: 'あなたの案件や個人情報が他の人に表示されるたびに、その前にここへ記録されます。新しいものが先です。ご自身の閲覧は記録されません。',
  asking: '読み込んでいます…',
  none: 'まだ誰もあなたの情報を見ていません。',
  failed: 'ただいま応答できません。しばらくしてからもう一度お試しください。',
  notApplicant: '閲覧の記録は、申請者としてログインした方だけがご覧になれます。',
  more: '以前の記録',
  leave: 'ログアウト',
  purpose: '目的：',
  purposes: {
    CASE_HANDLING: '案件の処理',
    SUPERVISION: '監督',
    CORRECTION: '情報の訂正',
    OWN_DATA: '本人による確認',
    POLICY_COVERAGE: '政策の適用の確認',
    BENEFIT_SHARING: '利益の共有',
    RECOGNITION: '資格の相互承認',
    JOINT_DEVELOPMENT: '共同開発',
    CROSS_ZONE_CASES: '区域をまたぐ手続',
  },
  whole: '全体を表示：',
  masked: '一部を伏せて表示：',
  content: '案件の内容',
  opened: '受付番号と照会用パスワードで案件を開きました',
  and: '、',
  between: '；',
  fields: {
    'Applicant.name': '氏名',
    'Applicant.idNumber': '身分証番号',
    'Applicant.phone': '電話番号',
    'DocumentLink.url': '書類のファイル',
  },
};

const EN: AccessWords = {
  title: 'Who was shown my data',
  lead: 'Whenever your case or your data are shown to somebody else, it is recorded here first, newest first. What you see yourself is not recorded.',
  asking: 'Reading…',
  none: 'Nobody has been shown your data yet.',
  failed: 'There is no answer just now. Please try again later.',
  notApplicant: 'Only who signs in as an applicant has a record here.',
  more: 'Earlier entries',
  leave: 'Sign out',
  purpose: 'Purpose: ',
  purposes: {
    CASE_HANDLING: 'handling the case',
    SUPERVISION: 'supervision',
    CORRECTION: 'correcting data',
    OWN_DATA: 'own data',
    POLICY_COVERAGE: 'checking which policy applies',
    BENEFIT_SHARING: 'sharing of benefits',
    RECOGNITION: 'recognition of qualifications',
    JOINT_DEVELOPMENT: 'joint development',
    CROSS_ZONE_CASES: 'cases across zones',
  },
  whole: 'Shown whole: ',
  masked: 'Partly hidden: ',
  content: 'what the case says',
  opened: 'Opened the case by its receipt number and secret',
  and: ', ',
  between: '; ',
  fields: {
    'Applicant.name': 'name',
    'Applicant.idNumber': 'identity number',
    'Applicant.phone': 'phone',
    'DocumentLink.url': 'a file',
  },
};

export const ACCESS_WORDS: Readonly<Record<Locale, AccessWords>> = { ZH, JA, EN };
