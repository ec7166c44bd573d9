import type { Locale } from '../../domain/locale.ts';
import type { SignInFailure } from './authorization.ts';

/** The words of the account and of its notices, in one language. */
export interface SignInWords {
  readonly account: string;
  readonly nobody: string;
  readonly choose: string;
  readonly cancel: string;
  readonly change: string;
  readonly signIn: string;
  readonly signOut: string;
  readonly signedInAs: string;
  readonly until: string;
  readonly again: string;
  readonly goOn: string;
  readonly dismiss: string;
  readonly expired: (role: string) => string;
  readonly refused: (role: string) => string;
  /** Roles, by the kind of a bearer. */
  readonly kinds: Readonly<Record<string, string>>;
  readonly bounds: Readonly<Record<'agency' | 'zone' | 'enterprise' | 'roles' | 'person', string>>;
  /** Reasons why a sign-in failed, by their codes. A detail is the issuer's own code, or a count of seconds. */
  readonly failures: Readonly<Record<SignInFailure['reason'], (detail: string) => string>>;
}

const EN: SignInWords = {
  account: 'Account',
  nobody: 'You are not signed in.',
  choose: 'Choose in the window that has opened.',
  cancel: 'Cancel',
  change: 'Change',
  signIn: 'Sign in',
  signOut: 'Sign out',
  signedInAs: 'Signed in as ',
  until: 'Until',
  again: 'Sign in again',
  goOn: 'Go on without',
  dismiss: 'Dismiss',
  expired: (role) => `Your sign-in as ${role.toLowerCase()} has ended: its time is over.`,
  refused: (role) => `The gateway no longer accepts your sign-in as ${role.toLowerCase()}.`,
  kinds: {
    applicant: 'Applicant',
    officer: 'Officer',
    clerk: 'Clerk of an enterprise',
    partner: 'Partner zone',
    analyst: 'Analyst',
    admin: 'Administrator',
  },
  bounds: { agency: 'Agency', zone: 'Zone', enterprise: 'Enterprise', roles: 'Roles', person: 'Person' },
  failures: {
    BLOCKED: () => 'The browser did not let the sign-in window open. Allow windows of this site.',
    DECLINED: () => 'The sign-in was declined at the issuer.',
    NOT_LET_IN: (code) => `The issuer did not let anybody in (${code}).`,
    NO_TOKEN: (code) => `The issuer did not give a token (${code}).`,
    NOT_AS_ASKED: (code) => `The issuer's answer is not what was asked for, and is not used (${code}).`,
    TIMEOUT: (seconds) => `The issuer did not answer within ${seconds} seconds.`,
    UNREACHABLE: () => 'The issuer could not be reached.',
    NO_BEARER_TOKEN: () => 'The issuer gave a token that is not sent as bearer.',
    NO_NAME: () => "The issuer's token does not say who signs in.",
    NO_END: () => 'The issuer does not say when its token ends.',
    FAILED: () => 'The sign-in failed.',
  },
};

const ZH: SignInWords = {
  account: '账户',
  nobody: '您尚未登录。',
  choose: '请在打开的窗口中选择。',
  cancel: '取消',
  change: '更换',
  signIn: '登录',
  signOut: '退出',
  signedInAs: '当前身份：',
  until: '有效至',
  again: '重新登录',
  goOn: '不登录继续',
  dismiss: '关闭',
  expired: (role) => `您以“${role}”身份的登录已到期。`,
  refused: (role) => `网关不再接受您以“${role}”身份的登录。`,
  kinds: {
    applicant: '申请人',
    officer: '经办人员',
    clerk: '企业专员',
    partner: '伙伴功能区',
    analyst: '分析人员',
    admin: '管理员',
  },
  bounds: { agency: '机构', zone: '功能区', enterprise: '企业', roles: '角色', person: '人员' },
  failures: {
    BLOCKED: () => '浏览器未允许打开登录窗口。请允许本网站打开窗口。',
    DECLINED: () => '登录在身份提供方被拒绝。',
    NOT_LET_IN: (code) => `身份提供方未准许登录（${code}）。`,
    NO_TOKEN: (code) => `身份提供方未签发令牌（${code}）。`,
    NOT_AS_ASKED: (code) => `身份提供方的答复与请求不符，未被采用（${code}）。`,
    TIMEOUT: (seconds) => `身份提供方在${seconds}秒内未答复。`,
    UNREACHABLE: () => '无法连接身份提供方。',
    NO_BEARER_TOKEN: () => '身份提供方签发的令牌类型不适用。',
    NO_NAME: () => '身份提供方的令牌未说明登录者。',
    NO_END: () => '身份提供方未说明令牌的有效期。',
    FAILED: () => '登录失败。',
  },
};

const JA: SignInWords = {
  account: 'アカウント',
  nobody: 'ログインしていません。',
  choose: '開いたウィンドウで選んでください。',
  cancel: '取り消す',
  change: '変更',
  signIn: 'ログイン',
  signOut: 'ログアウト',
  signedInAs: '現在の役割：',
  until: '有効期限',
  again: 'もう一度ログイン',
  goOn: 'ログインせずに続ける',
  dismiss: '閉じる',
  expired: (role) => `「${role}」としてのログインは期限が切れました。`,
  refused: (role) => `「${role}」としてのログインは受け付けられなくなりました。`,
  kinds: {
    applicant: '申請者',
    officer: '担当者',
    clerk: '企業の担当者',
    partner: '連携区域',
    analyst: 'アナリスト',
    admin: '管理者',
  },
  bounds: { agency: '機関', zone: '区域', enterprise: '企業', roles: '役割', person: '本人' },
  failures: {
    BLOCKED: () => 'ブラウザーがログインのウィンドウを開けませんでした。このサイトに許可してください。',
    DECLINED: () => '認証サービスでログインが断られました。',
    NOT_LET_IN: (code) => `認証サービスがログインを許可しませんでした（${code}）。`,
    NO_TOKEN: (code) => `認証サービスがトークンを発行しませんでした（${code}）。`,
    NOT_AS_ASKED: (code) => `認証サービスの応答が要求と違うため、使いません（${code}）。`,
    TIMEOUT: (seconds) => `認証サービスが${seconds}秒以内に応答しませんでした。`,
    UNREACHABLE: () => '認証サービスに接続できませんでした。',
    NO_BEARER_TOKEN: () => '認証サービスのトークンの種類が合いません。',
    NO_NAME: () => '認証サービスのトークンに、だれのものか書かれていません。',
    NO_END: () => '認証サービスがトークンの期限を示していません。',
    FAILED: () => 'ログインできませんでした。',
  },
};

/** The words of the account, by language. */
export const SIGN_IN_WORDS: Readonly<Record<Locale, SignInWords>> = { ZH, JA, EN };

/** Returns the sentence that says why a sign-in failed. */
export const failureText = ({ reason, detail }: SignInFailure, locale: Locale): string =>
  SIGN_IN_WORDS[locale].failures[reason](detail);
