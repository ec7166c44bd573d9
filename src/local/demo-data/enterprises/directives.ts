import { shanghaiInstant } from '../../../domain/calendar/day.ts';
import type { DirectiveAnswer, DirectiveAnswerState } from '../../../domain/directives/answer.ts';
import type { Directive } from '../../../domain/directives/directive.ts';
import { makeId } from '../../../domain/ids.ts';
import type { Localized } from '../../../domain/locale.ts';
import { ulidOfName } from '../../../domain/ulid.ts';
import {
  directiveAnswerItem,
  directiveCountsItem,
  directiveItem,
  directiveOfParkItems,
} from '../../../storage/enterprises/directives/items.ts';
import type { PrimaryKey } from '../../../storage/tables.ts';
import type { DemoPark } from '../parks/parks.ts';
import { TEDA } from '../parks/zones.ts';
import { identityOf } from './enterprises.ts';

/** The headquarters that the story names. The texts of their requirements aren't known: these say that they are samples. */
const HEADQUARTERS: readonly Directive['issuer'][] = [
  {
    code: 'tianjin-epidemic-headquarters',
    name: { zh: '天津市疫情防控指挥部', ja: '天津市感染症対策本部', en: 'Tianjin Epidemic Control Headquarters' },
    level: 'CITY',
    zoneId: null,
  },
  {
    code: 'binhai-epidemic-headquarters',
    name: { zh: '滨海新区疫情防控指挥部', ja: '浜海新区感染症対策本部', en: 'Binhai Epidemic Control Headquarters' },
    level: 'DISTRICT',
    zoneId: null,
  },
  {
    code: 'teda',
    name: { zh: '开发区疫情防控指挥部', ja: '開発区感染症対策本部', en: 'TEDA Epidemic Control Headquarters' },
    level: 'ZONE',
    zoneId: TEDA,
  },
];

const TITLE: Localized = {
  zh: '复工复产疫情防控要求（示例）',
  ja: '操業再開時の感染症対策要求（サンプル）',
  en: 'Epidemic control on resumption of work (sample)',
};
const TEXT: Localized = {
  zh: '本指令为演示数据，不是真实指令。',
  ja: 'この指令は見本データであり、実在の指令ではありません。',
  en: 'This directive is demo data and no real directive.',
};
const MEASURES: Directive['measures'] = [
  { code: 'temperature-checks', text: { zh: '进园测温', ja: '入園時の検温', en: 'Temperature checks at the gates' } },
  { code: 'disinfection', text: { zh: '每日消毒', ja: '毎日の消毒', en: 'Daily disinfection' } },
];
const PROOF: Localized = {
  zh: '已按要求落实（示例）',
  ja: '要求どおり実施した（サンプル）',
  en: 'Carried out as required (sample)',
};
const REASON: Localized = {
  zh: '测温设备未到货（示例）',
  ja: '検温機器が未着（サンプル）',
  en: 'The thermometers have not arrived (sample)',
};

/** Residents that have answered each directive. */
const ANSWERS = 40;
const STATES: readonly DirectiveAnswerState[] = ['COMPLIED', 'ACKNOWLEDGED', 'COMPLIED', 'DECLINED'];

/** Yields a directive of each headquarters to the park, with its answers: to all, and the newest to two residents. */
export function* directivesOf(park: DemoPark): Generator<PrimaryKey> {
  for (const [i, issuer] of HEADQUARTERS.entries()) {
    const isNamed = issuer.zoneId !== null;
    const issued = shanghaiInstant(`2020-02-0${7 + i}`, '09:00:00');
    const enterprises = Array.from({ length: Math.min(ANSWERS, park.enterprises) }, (_, n) => identityOf(park, n).id);
    const directive: Directive = {
      id: makeId('dir', ulidOfName(issuer.code, issued.getTime())),
      version: 1,
      number: `示例〔2020〕${i + 1}号`,
      issuer,
      audience: isNamed ? 'NAMED' : 'RESIDENTS',
      parks: [{ parkId: park.id, zoneId: park.facts.zoneId }],
      enterpriseIds: isNamed ? enterprises.slice(0, 2) : [],
      title: TITLE,
      text: TEXT,
      measures: MEASURES,
      dueOn: '2020-02-20',
      state: i === 0 ? 'ENDED' : 'IN_FORCE',
      issuedAt: issued.toISOString(),
    };
    yield directiveItem(directive);
    yield* directiveOfParkItems(directive);
    const answers = (isNamed ? directive.enterpriseIds : enterprises).map((id, n) =>
      answerTo(directive, id, STATES[n % STATES.length] ?? 'COMPLIED'),
    );
    yield* answers.map(directiveAnswerItem);
    yield directiveAnswerItem(answerTo(directive, null, 'COMPLIED'));
    yield directiveCountsItem({ directiveId: directive.id, parkId: park.id, directiveVersion: 1 }, answers);
  }
}

function answerTo(
  { id, version, issuer, parks: [park] }: Directive,
  enterpriseId: string | null,
  state: DirectiveAnswerState,
): DirectiveAnswer {
  const { parkId, zoneId } = park!;
  return {
    directiveId: id,
    directiveVersion: version,
    parkId,
    enterpriseId,
    state,
    ...(state === 'COMPLIED' && { proof: PROOF, documentNumber: '示例7', documentSha256: '0'.repeat(64) }),
    ...(state === 'DECLINED' && { reason: REASON }),
    at: shanghaiInstant('2020-02-14', '15:00:00').toISOString(),
    zoneIds: [...new Set([issuer.zoneId ?? zoneId, zoneId])],
    version: state === 'ACKNOWLEDGED' ? 1 : 2,
  };
}
