/** Words of the upload of documents, loaded with it. */
import type { Locale } from '../../../domain/locale.ts';

export interface SupplyWords {
  readonly choose: string;
  /** Label for assistive technology: the button and its document. */
  readonly chooseFor: string;
  readonly hint: string;
  readonly preparing: string;
  readonly sending: string;
  readonly waiting: string;
  readonly checking: string;
  readonly progressOf: string;
  readonly supplied: string;
  readonly unreadable: string;
  readonly tooLarge: string;
  readonly refused: string;
  readonly failed: string;
  readonly submit: string;
  readonly submitHint: string;
  readonly submitting: string;
  readonly submitFailed: string;
  readonly notYet: string;
}

const ZH: SupplyWords = {
  choose: '拍照或选择文件',
  chooseFor: '{document}：拍照或选择文件',
  hint: '照片会在手机上自动缩小，并去除拍摄地点等信息。文档文件原样发送，不超过 10 MB。',
  preparing: '正在准备…',
  sending: '正在上传 {percent}%',
  waiting: '网络中断，恢复后会自动重新上传。请不要关闭此页。',
  checking: '正在核对…',
  progressOf: '{document}的上传进度',
  supplied: '已收到：{document}',
  unreadable: '无法读取这个文件。请选择照片或文档文件。',
  tooLarge: '文件太大。文档文件不能超过 10 MB。',
  refused: '这个文件没有被接收。请换一个文件再试。',
  failed: '上传没有成功。请检查网络，再选择一次文件。',
  submit: '提交给受理机关',
  submitHint: '上传完所需材料后，请提交。',
  submitting: '正在提交…',
  submitFailed: '提交没有成功。请检查网络后再试。',
  notYet: '还不能提交：',
};

const JA: SupplyWords = {
  choose: '撮影またはファイルを選択',
  chooseFor: '{document}：撮影またはファイルを選択',
  hint: '写真は端末内で自動的に縮小し、撮影場所などの情報を取り除きます。文書ファイルはそのまま送信します（10 MB まで）。',
  preparing: '準備しています…',
  sending: '送信中 {percent}%',
  waiting: '通信が途切れました。つながると自動で送り直します。このページを閉じないでください。',
  checking: '確認しています…',
  progressOf: '{document}の送信状況',
  supplied: '受け取りました：{document}',
  unreadable: 'このファイルは読み取れません。写真または文書ファイルを選んでください。',
  tooLarge: 'ファイルが大きすぎます。文書ファイルは 10 MB までです。',
  refused: 'このファイルは受け付けられませんでした。別のファイルをお試しください。',
  failed: '送信できませんでした。通信環境を確認し、もう一度ファイルを選んでください。',
  submit: '受付機関に提出する',
  submitHint: '必要な書類を送ったら、提出してください。',
  submitting: '提出しています…',
  submitFailed: '提出できませんでした。通信環境を確認のうえ、もう一度お試しください。',
  notYet: 'まだ提出できません：',
};

const EN: SupplyWords = {
  choose: 'Take a photo or choose a file',
  chooseFor: '{document}: take a photo or choose a file',
  hint: 'Photos are made smaller on your phone, and lose where they were taken. Document files are sent as they are, up to 10 MB.',
  preparing: 'Preparing…',
  sending: 'Sending, {percent}%',
  waiting: 'The connection broke. Sending starts again by itself; keep this page open.',
  checking: 'Checking…',
  progressOf: 'Progress of {document}',
  supplied: 'Received: {document}',
  unreadable: 'This file can’t be read. Choose a photo or a document file.',
  tooLarge: 'The file is too large. A document file may have up to 10 MB.',
  refused: 'This file was not accepted. Try another one.',
  failed: 'It was not sent. Check your network and choose the file again.',
  submit: 'Send to the agency',
  submitHint: 'Send your case on when you have supplied what is needed.',
  submitting: 'Sending…',
  submitFailed: 'It was not sent. Check your network and try again.',
  notYet: 'It can’t be sent on yet:',
};

export const SUPPLY_WORDS: Readonly<Record<Locale, SupplyWords>> = { ZH, JA, EN };
