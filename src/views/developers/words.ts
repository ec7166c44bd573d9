import type { Locale } from '../../domain/locale.ts';

/** The words around the documents for partners. */
export interface DeveloperWords {
  readonly title: string;
  readonly description: string;
  readonly intro: string;
  readonly account: { readonly name: string; readonly text: string };
  readonly schema: { readonly name: string; readonly text: string };
  readonly documents: { readonly name: string; readonly text: string };
  readonly explorer: { readonly name: string; readonly text: string };
  readonly docs: string;
  /** The language of the documents. */
  readonly inEnglish: string;
  readonly contents: string;
  readonly run: string;
  readonly first: string;
  readonly firstText: string;
  readonly doc: Readonly<Record<string, string>>;
}

const ZH: DeveloperWords = {
  title: '开发者入口',
  description: '为伙伴功能区的系统：文档、接口定义、API 密钥、事件推送与用量。',
  intro: '把功能区的系统接入园区网关：先提问，再领取密钥，然后订阅事件。',
  account: { name: '密钥、推送与用量', text: '登录后管理 API 密钥和推送端点，查看推送记录并重新推送，查看今日用量。' },
  schema: { name: '接口定义', text: '公开的 GraphQL 定义文件，供代码生成使用。' },
  documents: { name: '可信文档', text: '可信查询的编号与全文，供应用使用。' },
  explorer: { name: '数据查询器', text: '在浏览器中提问。' },
  docs: '文档',
  inEnglish: '文档为英文。',
  contents: '目录',
  run: '在查询器中运行',
  first: '第一个回答',
  firstText: '无需密钥即可查询公开数据：',
  doc: {
    integrating: '接入客户端',
    identity: '身份与凭证',
    federation: '接入子图',
    errors: '错误与限制',
    permissions: '权限',
  },
};

const JA: DeveloperWords = {
  title: '開発者の入口',
  description: '連携区域のシステムのために：文書、スキーマ、API キー、Webhook、利用量。',
  intro: '連携区域のシステムをパークのゲートウェイにつなぐ：まず質問し、キーを作り、出来事を受け取る。',
  account: {
    name: 'キー・Webhook・利用量',
    text: 'ログインして API キーと Webhook の宛先を管理し、配信の記録を見て再送し、今日の利用量を確かめる。',
  },
  schema: { name: 'スキーマ', text: 'コード生成に使う公開の GraphQL スキーマ。' },
  documents: { name: '登録済みクエリー', text: 'アプリが使うクエリーの ID と本文。' },
  explorer: { name: 'エクスプローラー', text: 'ブラウザーで質問する。' },
  docs: '文書',
  inEnglish: '文書は英語です。',
  contents: '目次',
  run: 'エクスプローラーで実行',
  first: '最初の答え',
  firstText: '公開データはキーなしで質問できます：',
  doc: {
    integrating: 'クライアントの接続',
    identity: '身元と資格情報',
    federation: 'サブグラフの接続',
    errors: 'エラーと上限',
    permissions: '権限',
  },
};

const EN: DeveloperWords = {
  title: 'For developers',
  description: 'For the systems of partner zones: documentation, schema, API keys, webhooks and usage.',
  intro: 'Connect the systems of your zone to the gateway: ask first, make a key, then subscribe to events.',
  account: {
    name: 'Keys, webhooks and usage',
    text: 'Sign in to manage API keys and webhook endpoints, see deliveries and send them again, and see what was used today.',
  },
  schema: { name: 'Schema', text: 'The public GraphQL schema, for code generators.' },
  documents: { name: 'Trusted documents', text: 'The ids and texts of the trusted documents, for apps.' },
  explorer: { name: 'Explorer', text: 'Ask in the browser.' },
  docs: 'Documentation',
  inEnglish: '',
  contents: 'Contents',
  run: 'Run in the explorer',
  first: 'First answer',
  firstText: 'Public data need no key:',
  doc: {
    integrating: 'Integrating a client',
    identity: 'Identity and credentials',
    federation: 'Joining with a subgraph',
    errors: 'Errors and limits',
    permissions: 'Permissions',
  },
};

/** The words of the pages, by language. */
export const DEVELOPER_WORDS: Readonly<Record<Locale, DeveloperWords>> = { ZH, JA, EN };
