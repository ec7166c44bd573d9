import type { Locale } from '../../../domain/locale.ts';
import type { RefusalWords } from '../../gateway/refusal-text.ts';

/** Reasons why a question isn't saved. English readers get the gateway's own message. */
export const SAVE_REFUSALS: Readonly<Record<Locale, RefusalWords>> = {
  ZH: {
    'INVALID query': '不能保存：问题须是一条有效的查询，不得写入数据，也不得涉及某一办件、个人或文件。',
    'INVALID variables': '不能保存：变量须是一个 JSON 对象，不得涉及某一办件、个人或文件。',
    'INVALID name': '名称须为 1 至 100 个字符，不得含个人信息。',
    INVALID: '填写的内容不符合要求，请检查。',
    QUOTA_EXCEEDED: '已保存 100 个问题，请先撤回一个。',
    NOT_ALLOWED: '当前身份不能保存此问题。',
  },
  JA: {
    'INVALID query':
      '保存できません。質問は一つの有効なクエリーで、書き込まず、手続・個人・ファイルを名指ししないものに限ります。',
    'INVALID variables':
      '保存できません。変数は JSON オブジェクトで、手続・個人・ファイルを名指ししないものに限ります。',
    'INVALID name': '名前は 1〜100 文字で、個人の情報を含めないでください。',
    INVALID: '入力した内容を確かめてください。',
    QUOTA_EXCEEDED: '質問は 100 件まで保存できます。先に一つ取り下げてください。',
    NOT_ALLOWED: '今の役割ではこの質問を保存できません。',
  },
  EN: {},
};
