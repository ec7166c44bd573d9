/** Reasons for which a document is asked for (补正原因), and the counter that answers questions. */
import type { Localized } from '../../locale.ts';

/** Reasons for which a document is asked for. */
export const SUPPLEMENT_REASONS = [
  'MISSING',
  'ILLEGIBLE',
  'INCOMPLETE',
  'EXPIRED',
  'WRONG_DOCUMENT',
  'DIFFERS',
  'NOT_ORIGINAL',
] as const;
export type SupplementReason = (typeof SUPPLEMENT_REASONS)[number];

const say = (zh: string, ja: string, en: string): Localized => ({ zh, ja, en });

export const SUPPLEMENT_REASON_LABELS: Readonly<Record<SupplementReason, Localized>> = {
  MISSING: say('尚未提交。', 'まだ提出されていません。', 'It has not been supplied.'),
  ILLEGIBLE: say('文件不清晰，无法辨认。', '不鮮明で読み取れません。', 'It can’t be read: the picture is not clear.'),
  INCOMPLETE: say('缺页或内容不完整。', 'ページまたは内容が不足しています。', 'Pages or parts are missing.'),
  EXPIRED: say('已过有效期。', '有効期限が切れています。', 'It is no longer valid.'),
  WRONG_DOCUMENT: say(
    '不是所要求的材料。',
    '求められた書類ではありません。',
    'It is another document than the one asked for.',
  ),
  DIFFERS: say('与申请内容不一致。', '申請の内容と一致しません。', 'It differs from what the application says.'),
  NOT_ORIGINAL: say(
    '需要原件或加盖公章的复印件。',
    '原本または公印のある写しが必要です。',
    'The original or a stamped copy is needed.',
  ),
};

/** The counter where applicants reach the agency. */
export interface AgencyContact {
  /** A telephone number of the agency, not of a person. */
  readonly phone: string;
  /** Address and hours; null where the agency states none. */
  readonly place: Localized | null;
}

/** The reason for which one document is asked for. */
export interface StatedReason {
  readonly document: string;
  readonly reason: SupplementReason;
  /** Free text for the applicant, stored encrypted; null without one. */
  readonly note: string | null;
}

/** A reason as its event stores it: without the note, which may name a person. */
export type RecordedReason = Omit<StatedReason, 'note'>;
