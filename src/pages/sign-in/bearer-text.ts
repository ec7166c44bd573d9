import { AGENCY_LABELS } from '../../domain/cases/words/labels.ts';
import { inLocale, type Locale, type Localized } from '../../domain/locale.ts';
import type { OfficerRole } from '../../domain/viewer.ts';
import type { Bearer } from './bearer.ts';

const say = (zh: string, ja: string, en: string): Localized => ({ zh, ja, en });

const ROLE_LABELS: Readonly<Record<OfficerRole, Localized>> = {
  RECEIVE: say('收件受理', '受理', 'Receive cases'),
  REVIEW: say('审核', '審査', 'Review'),
  DECIDE: say('决定', '決定', 'Decide'),
  REVEAL: say('查看个人信息', '個人情報の閲覧', 'Reveal personal data'),
  REGISTER: say('企业登记', '企業の登録', 'Register enterprises'),
  REPORT: say('上报数据', '数値の報告', 'Report figures'),
  TRACK: say('跟踪服务', '一対一の担当', 'Track enterprises'),
  PUBLISH: say('发布', '公布', 'Publish records'),
  PUBLISH_FIGURES: say('公布数据', '数値の公表', 'Publish figures'),
  ACCEPT_FIGURES: say('审定数据', '数値の承認', 'Accept figures'),
};

/** The words of a bearer, by language in the words of the sign-in. */
interface BearerWords {
  readonly kinds: Readonly<Record<string, string>>;
  readonly bounds: Readonly<Record<'agency' | 'zone' | 'enterprise' | 'roles' | 'person', string>>;
}

export const kindText = ({ kind }: Bearer, { kinds }: Pick<BearerWords, 'kinds'>): string => kinds[kind] ?? kind;

interface Bound {
  readonly name: string;
  readonly text: string;
  /** The value as the token has it. */
  readonly value: string;
}

/** Returns the other facts about a bearer in a language: agency and roles in words, ids as they are. */
export function boundText(
  { agency, zone, enterprise, roles, person }: Bearer,
  { bounds }: Pick<BearerWords, 'bounds'>,
  locale: Locale,
): readonly Bound[] {
  const wordOf = (labels: Readonly<Record<string, Localized>>, value: string) => {
    const label = labels[value];
    return label ? inLocale(label, locale) : value;
  };
  const and = locale === 'EN' ? ', ' : '、';
  const facts = [
    { name: bounds.agency, text: agency && wordOf(AGENCY_LABELS, agency), value: agency },
    { name: bounds.zone, text: zone, value: zone },
    { name: bounds.enterprise, text: enterprise, value: enterprise },
    { name: bounds.roles, text: roles.map((role) => wordOf(ROLE_LABELS, role)).join(and), value: roles.join(', ') },
    { name: bounds.person, text: person, value: person },
  ];
  return facts.flatMap(({ name, text, value }) => (text && value ? [{ name, text, value }] : []));
}
