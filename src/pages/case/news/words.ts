/** The words of the card on news. */
import type { Locale } from '../generated/news.ts';

const ZH = {
  title: '进展提醒',
  lead: '有新进展时通知您。通知只写受理编号，不含个人信息；22 点至 8 点不发送。',
  told: '提醒发送至 {address}。',
  channel: '提醒方式',
  SMS: '短信',
  EMAIL: '电子邮件',
  WEB_PUSH: '此浏览器的通知',
  phone: '手机号码',
  email: '电子邮箱',
  set: '开启提醒',
  stop: '停止提醒',
  stopped: '已停止，地址已删除。',
  INVALID: '请填写有效的手机号码或电子邮箱。',
  denied: '此浏览器不允许通知。请在浏览器设置中允许，或选择其他方式。',
  failed: '没有保存。请稍后再试。',
};

export type NewsWords = typeof ZH;

const JA: NewsWords = {
  title: 'お知らせ',
  lead: '手続が進むとお知らせします。受付番号だけを書き、個人情報は含みません。22時から8時までは送りません。',
  told: '送信先：{address}',
  channel: 'お知らせの方法',
  SMS: 'ショートメッセージ',
  EMAIL: 'メール',
  WEB_PUSH: 'このブラウザーの通知',
  phone: '携帯電話番号',
  email: 'メールアドレス',
  set: 'お知らせを受け取る',
  stop: 'お知らせを止める',
  stopped: '停止し、送信先を削除しました。',
  INVALID: '正しい携帯電話番号またはメールアドレスを入力してください。',
  denied: 'このブラウザーは通知を許可していません。設定で許可するか、別の方法を選んでください。',
  failed: '保存できませんでした。しばらくしてからもう一度お試しください。',
};

const EN: NewsWords = {
  title: 'News of the case',
  lead: 'You are told when there is news. A message has the receipt number and nothing personal; none is sent from 22:00 to 8:00.',
  told: 'Messages go to {address}.',
  channel: 'Way of telling you',
  SMS: 'Text message',
  EMAIL: 'E-mail',
  WEB_PUSH: 'Notifications of this browser',
  phone: 'Mobile number',
  email: 'E-mail address',
  set: 'Tell me of news',
  stop: 'Stop telling me',
  stopped: 'Stopped. The address is deleted.',
  INVALID: 'Enter a valid mobile number or e-mail address.',
  denied: 'This browser allows no notifications. Allow them in its settings, or choose another way.',
  failed: 'Nothing was saved. Try again in a while.',
};

export const NEWS_WORDS: Readonly<Record<Locale, NewsWords>> = { ZH, JA, EN };
