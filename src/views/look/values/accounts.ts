import type { Localized } from '../../../domain/locale.ts';

/** Words for the values of enums of a partner’s keys and webhooks, and of saved questions. */
export const ACCOUNTS_VALUES: Readonly<Record<string, Readonly<Record<string, Localized>>>> = {
  ApiKeyState: {
    IN_USE: { zh: '使用中', ja: '使用中', en: 'In use' },
    REPLACED: { zh: '已被替换', ja: '交換済み', en: 'Replaced' },
    EXPIRED: { zh: '已到期', ja: '期限切れ', en: 'Expired' },
    REVOKED: { zh: '已吊销', ja: '失効', en: 'Revoked' },
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
  WebhookDeliveryState: {
    WAITING: { zh: '等待中', ja: '待機中', en: 'Waiting' },
    DELIVERED: { zh: '已送达', ja: '配信済み', en: 'Delivered' },
    GIVEN_UP: { zh: '已放弃', ja: '断念', en: 'Given up' },
  },
};
