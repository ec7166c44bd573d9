import type { Localized } from '../../../domain/locale.ts';

/** Words for the values of enums and scalars of several features. */
export const GENERAL_VALUES: Readonly<Record<string, Readonly<Record<string, Localized>>>> = {
  Boolean: {
    true: { zh: '是', ja: 'はい', en: 'Yes' },
    false: { zh: '否', ja: 'いいえ', en: 'No' },
  },
  Locale: {
    ZH: { zh: '中文', ja: '中国語', en: 'Chinese' },
    JA: { zh: '日语', ja: '日本語', en: 'Japanese' },
    EN: { zh: '英语', ja: '英語', en: 'English' },
  },
  UserErrorCode: {
    INVALID: { zh: '内容不符合要求', ja: '内容の不備', en: 'Invalid' },
    NOT_FOUND: { zh: '没有找到', ja: '見つからない', en: 'Not found' },
    VERSION_CONFLICT: { zh: '内容已有变化', ja: '内容の変更あり', en: 'Changed since' },
    IDEMPOTENCY_KEY_REUSED: { zh: '幂等键已用于其他内容', ja: '冪等キーの再使用', en: 'Idempotency key reused' },
    ALREADY_EXISTS: { zh: '已经存在', ja: 'すでに存在', en: 'Exists already' },
    NOT_ALLOWED: { zh: '目前不能办理', ja: '現在は不可', en: 'Not allowed now' },
    ALREADY_CLAIMED: { zh: '已由同事认领', ja: '同僚が担当中', en: 'Claimed by a colleague' },
    DAY_CLOSED: { zh: '当日数据已定稿', ja: '当日分は確定済み', en: 'Day closed' },
    QUOTA_EXCEEDED: { zh: '次数或数量已用完', ja: '上限の超過', en: 'Quota exceeded' },
    FACILITY_FULL: { zh: '名额已满', ja: '満員', en: 'Facility full' },
    NO_AGREEMENT: { zh: '没有有效的协议', ja: '有効な協定がない', en: 'No agreement' },
    COURSE_FULL: { zh: '课程名额已满', ja: '講座は満席', en: 'Course full' },
    ENTERPRISE_ENDED: { zh: '企业已不再登记', ja: '企業の登録は終了', en: 'Enterprise ended' },
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
};
