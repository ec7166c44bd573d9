import type { Locale } from '../../domain/locale.ts';
import type { RefusalWords } from '../gateway/refusal-text.ts';

/** The words of the account page, in one language. */
export interface AccountWords {
  readonly title: string;
  readonly lead: string;
  readonly developers: string;
  readonly languages: string;
  readonly signIn: string;
  readonly signOut: string;
  readonly noSignIn: string;
  readonly ended: string;
  readonly noPartner: string;
  readonly failed: string;
  readonly loading: string;
  readonly of: (zone: string) => string;
  readonly refresh: string;
  readonly secretTitle: string;
  readonly secretLead: string;
  readonly done: string;
  readonly keys: string;
  readonly keysLead: string;
  readonly noKeys: string;
  readonly label: string;
  readonly makeKey: string;
  readonly rotate: string;
  readonly revoke: string;
  readonly keyColumns: readonly [string, string, string, string, string, string];
  readonly never: string;
  readonly keyState: Readonly<Record<'IN_USE' | 'REPLACED' | 'EXPIRED' | 'REVOKED', string>>;
  readonly webhooks: string;
  readonly webhooksLead: string;
  readonly noEndpoints: string;
  readonly address: string;
  readonly types: string;
  readonly allTypes: string;
  readonly register: string;
  readonly enabled: string;
  readonly disabled: string;
  readonly gone: string;
  readonly enable: string;
  readonly disable: string;
  readonly renew: string;
  readonly remove: string;
  readonly noDeliveries: string;
  readonly deliveries: (address: string) => string;
  readonly deliveryColumns: readonly [string, string, string, string, string, string, string];
  readonly nextAttempt: (at: string) => string;
  /** The state of an attempt that no answer came to. */
  readonly noAnswer: string;
  /** The question before what can't be undone. */
  readonly sure: (act: string, of: string) => string;
  readonly deliveryState: Readonly<Record<'WAITING' | 'DELIVERED' | 'GIVEN_UP', string>>;
  readonly redeliver: string;
  readonly redelivered: string;
  readonly usage: string;
  readonly usageLead: string;
  readonly noUsage: string;
  readonly usageColumns: readonly [string, string, string];
  readonly unnamed: string;
  readonly remaining: string;
  readonly limit: string;
  readonly perSecond: string;
  /** Reasons why something isn't done. English readers get the gateway's own message. */
  readonly refusals: RefusalWords;
}

const ZH: AccountWords = {
  title: '密钥、推送与用量',
  lead: '请以功能区系统的身份登录。令牌只保存在此页面的内存中。',
  developers: '开发者入口',
  languages: '语言',
  signIn: '登录',
  signOut: '退出',
  noSignIn: '此站点未设置登录。',
  ended: '登录已结束，请重新登录。',
  noPartner: '登录的身份不是功能区的系统。请退出，再以功能区系统的身份登录。',
  failed: '暂时无法完成，请稍后再试。',
  loading: '正在读取……',
  of: (zone) => `${zone}的系统`,
  refresh: '刷新',
  secretTitle: '请立即保存',
  secretLead: '此内容只显示一次，之后无法再查看。',
  done: '已保存',
  keys: 'API 密钥',
  keysLead: '密钥代表功能区的系统，只存储其散列值。',
  noKeys: '还没有密钥。',
  label: '名称',
  makeKey: '新建密钥',
  rotate: '更换',
  revoke: '吊销',
  keyColumns: ['名称', '编号', '状态', '到期', '最近使用', '操作'],
  never: '从未使用',
  keyState: { IN_USE: '使用中', REPLACED: '已被替换', EXPIRED: '已到期', REVOKED: '已吊销' },
  webhooks: '事件推送',
  webhooksLead: '事件以 HTTPS 推送到端点，内容不含个人信息。',
  noEndpoints: '还没有端点。',
  address: '地址',
  types: '事件类型（逗号分隔，留空为全部）',
  allTypes: '全部类型',
  register: '登记端点',
  enabled: '已启用',
  disabled: '已停用',
  gone: '已停用：接收方答复 410',
  enable: '启用',
  disable: '停用',
  renew: '更换签名密钥',
  remove: '删除',
  noDeliveries: '还没有推送记录。',
  deliveries: (address) => `${address} 的推送记录`,
  deliveryColumns: ['事件', '编号', '对象', '状态', '答复', '次数', '操作'],
  nextAttempt: (at) => `下次 ${at}`,
  noAnswer: '无答复',
  sure: (act, of) => `${act}“${of}”？此操作不能撤销。`,
  deliveryState: { WAITING: '等待中', DELIVERED: '已送达', GIVEN_UP: '已放弃' },
  redeliver: '重新推送',
  redelivered: '将在一分钟内重新推送。',
  usage: '今日用量与额度',
  usageLead: '按查询统计，以世界协调时的一天为准。',
  noUsage: '今天还没有请求。',
  usageColumns: ['查询', '次数', '价格'],
  unnamed: '未命名',
  remaining: '剩余额度',
  limit: '额度上限',
  perSecond: '每秒恢复',
  refusals: {
    'INVALID label': '名称须为 1 至 64 个字符。',
    'INVALID url': '地址须为公网上的 HTTPS 地址。',
    'INVALID types': '事件类型须是文档所列的类型，至少一种。',
    INVALID: '填写的内容不符合要求，请检查。',
    'NOT_ALLOWED apiKey': '此密钥已不在使用中。',
    'NOT_ALLOWED endpoint': '端点已停用，请先启用。',
    NOT_ALLOWED: '已达数量上限，请先吊销一个密钥或删除一个端点。',
    'NOT_FOUND webhook': '此推送已不能重新推送。',
    NOT_FOUND: '没有找到，请刷新后再试。',
  },
};

const JA: AccountWords = {
  title: 'キー・Webhook・利用量',
  lead: '連携区域のシステムとしてログインしてください。トークンはこのページのメモリーにだけあります。',
  developers: '開発者の入口',
  languages: '言語',
  signIn: 'ログイン',
  signOut: 'ログアウト',
  noSignIn: 'このサイトにはログインの設定がありません。',
  ended: 'ログインが終わりました。もう一度ログインしてください。',
  noPartner:
    'ログインした方は連携区域のシステムではありません。ログアウトして、連携区域のシステムとしてログインしてください。',
  failed: '今はできません。しばらくしてから試してください。',
  loading: '読み込み中…',
  of: (zone) => `${zone}のシステム`,
  refresh: '更新',
  secretTitle: '今すぐ保存してください',
  secretLead: '一度だけ表示されます。後から見ることはできません。',
  done: '保存しました',
  keys: 'API キー',
  keysLead: 'キーは連携区域のシステムを表します。保存されるのはハッシュだけです。',
  noKeys: 'キーはまだありません。',
  label: '名前',
  makeKey: 'キーを作る',
  rotate: '交換',
  revoke: '失効',
  keyColumns: ['名前', '番号', '状態', '期限', '最後の利用', '操作'],
  never: '未使用',
  keyState: { IN_USE: '使用中', REPLACED: '交換済み', EXPIRED: '期限切れ', REVOKED: '失効' },
  webhooks: 'Webhook',
  webhooksLead: '出来事を HTTPS で宛先に送ります。個人の情報は含みません。',
  noEndpoints: '宛先はまだありません。',
  address: 'アドレス',
  types: '種類（コンマ区切り、空欄はすべて）',
  allTypes: 'すべての種類',
  register: '宛先を登録',
  enabled: '有効',
  disabled: '停止中',
  gone: '停止中：受信側が 410 と答えました',
  enable: '有効にする',
  disable: '停止する',
  renew: '署名の秘密を交換',
  remove: '削除',
  noDeliveries: '配信の記録はまだありません。',
  deliveries: (address) => `${address} への配信の記録`,
  deliveryColumns: ['出来事', '番号', '対象', '状態', '応答', '回数', '操作'],
  nextAttempt: (at) => `次は ${at}`,
  noAnswer: '応答なし',
  sure: (act, of) => `「${of}」：${act}しますか。元に戻せません。`,
  deliveryState: { WAITING: '待機中', DELIVERED: '配信済み', GIVEN_UP: '断念' },
  redeliver: '再送',
  redelivered: '一分以内に再送します。',
  usage: '今日の利用量と予算',
  usageLead: 'クエリーごと、協定世界時の一日で数えます。',
  noUsage: '今日のリクエストはまだありません。',
  usageColumns: ['クエリー', '回数', '価格'],
  unnamed: '名前なし',
  remaining: '残り',
  limit: '上限',
  perSecond: '毎秒の回復',
  refusals: {
    'INVALID label': '名前は 1〜64 文字です。',
    'INVALID url': 'アドレスは公開されたインターネットの HTTPS のものに限ります。',
    'INVALID types': '種類は文書にあるものを一つ以上指定してください。',
    INVALID: '入力した内容を確かめてください。',
    'NOT_ALLOWED apiKey': 'このキーはもう使われていません。',
    'NOT_ALLOWED endpoint': '宛先は停止中です。先に有効にしてください。',
    NOT_ALLOWED: '上限に達しています。先にキーを失効させるか、宛先を削除してください。',
    'NOT_FOUND webhook': 'この配信はもう再送できません。',
    NOT_FOUND: '見つかりません。更新してからもう一度試してください。',
  },
};

const EN: AccountWords = {
  title: 'Keys, webhooks and usage',
  lead: "Sign in as a system of your zone. The token stays in this page's memory.",
  developers: 'For developers',
  languages: 'Language',
  signIn: 'Sign in',
  signOut: 'Sign out',
  noSignIn: 'This site has no sign-in.',
  ended: 'The sign-in has ended. Sign in again.',
  noPartner: 'This sign-in is not of a system of a zone. Sign out, and sign in as one.',
  failed: 'This is not possible now. Try again later.',
  loading: 'Loading…',
  of: (zone) => `Systems of ${zone}`,
  refresh: 'Refresh',
  secretTitle: 'Store it now',
  secretLead: 'It is shown once and can not be shown again.',
  done: 'I have stored it',
  keys: 'API keys',
  keysLead: "A key identifies your zone's system. Only its hash is stored.",
  noKeys: 'There is no key yet.',
  label: 'Label',
  makeKey: 'Make a key',
  rotate: 'Rotate',
  revoke: 'Revoke',
  keyColumns: ['Label', 'Id', 'State', 'Ends', 'Last use', 'Actions'],
  never: 'never',
  keyState: { IN_USE: 'in use', REPLACED: 'replaced', EXPIRED: 'expired', REVOKED: 'revoked' },
  webhooks: 'Webhooks',
  webhooksLead: 'Events are sent to an endpoint by HTTPS. They contain nothing about a person.',
  noEndpoints: 'There is no endpoint yet.',
  address: 'Address',
  types: 'Event types (with commas; all if empty)',
  allTypes: 'all types',
  register: 'Register the endpoint',
  enabled: 'enabled',
  disabled: 'disabled',
  gone: 'disabled: the receiver answered 410',
  enable: 'Enable',
  disable: 'Disable',
  renew: 'Renew the signing secret',
  remove: 'Remove',
  noDeliveries: 'Nothing has been delivered yet.',
  deliveries: (address) => `Deliveries to ${address}`,
  deliveryColumns: ['Event', 'Id', 'About', 'State', 'Answer', 'Attempts', 'Action'],
  nextAttempt: (at) => `next ${at}`,
  noAnswer: 'no answer',
  sure: (act, of) => `${act} “${of}”? This can’t be undone.`,
  deliveryState: { WAITING: 'waiting', DELIVERED: 'delivered', GIVEN_UP: 'given up' },
  redeliver: 'Send again',
  redelivered: 'It is sent again within a minute.',
  usage: 'Usage today and budget',
  usageLead: 'By document, on a day in UTC.',
  noUsage: 'No request today.',
  usageColumns: ['Document', 'Operations', 'Cost'],
  unnamed: 'without a name',
  remaining: 'Remaining',
  limit: 'Limit',
  perSecond: 'Back in each second',
  refusals: {},
};

export const ACCOUNT_WORDS: Readonly<Record<Locale, AccountWords>> = { ZH, JA, EN };
