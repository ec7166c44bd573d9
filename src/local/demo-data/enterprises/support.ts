import { addDays, shanghaiInstant } from '../../../domain/calendar/day.ts';
import { makeId, ulidOfName } from '../../../domain/ids.ts';
import type { Localized } from '../../../domain/locale.ts';
import { SUPPORT_KINDS, type SupportKind, type SupportNeed } from '../../../domain/support/need.ts';
import type { SupportEvent, Visit } from '../../../domain/support/request.ts';
import type { ProjectItem, SupportRequestItem, TrackingItem } from '../../../storage/enterprises/items.ts';
import type { RecordOf } from '../../../storage/enterprises/make-items.ts';
import type { DemoPark } from '../parks/parks.ts';
import { ZHONGGUANCUN } from '../parks/zones.ts';
import { type Random, randomOf } from '../random.ts';
import { identityOf } from './enterprises.ts';
import { NAMED_PROJECTS } from './named-projects.ts';
import { FAMILY_NAMES } from './names.ts';

const OUTCOMES: readonly Localized[] = [
  { zh: '已了解需求并登记', ja: '要望を聞き取り登録した', en: 'Need heard and registered' },
  { zh: '已转介金融机构', ja: '金融機関へ紹介した', en: 'Referred to a financial institution' },
  { zh: '已协调防疫物资', ja: '防疫物資を調整した', en: 'Protective supplies arranged' },
  { zh: '问题已解决', ja: '問題は解決した', en: 'Solved' },
];

/** Makes one-to-one tracking: every enterprise of the park has a desk. */
export function trackingOf(enterpriseId: string): RecordOf<TrackingItem> {
  const random = randomOf(`tracking ${enterpriseId}`);
  const first = {
    version: 1,
    enterpriseId,
    officer: `园区办公室 ${random.pick(FAMILY_NAMES)}*`,
    since: addDays('2020-02-03', random.integer(0, 6)),
  };
  if (!random.chance(0.5)) return first;
  const { officer, since } = first;
  const until = addDays(since, random.integer(7, 21));
  return {
    ...first,
    version: 2,
    officer: '企业服务中心',
    since: until,
    earlier: [{ officer, since, until }],
  };
}

function visitsOf(random: Random, openedOn: string): Visit[] {
  const visits: Visit[] = [];
  let on = openedOn;
  for (let left = random.integer(0, 3); left > 0; left--) {
    on = addDays(on, random.integer(1, 4));
    visits.push({ on, channel: random.chance(0.6) ? 'ONLINE' : 'ON_SITE', outcome: random.pick(OUTCOMES) });
  }
  return visits;
}

/** Makes the need of a request of each kind. */
const NEEDS: Readonly<Record<SupportKind, (random: Random, openedOn: string) => SupportNeed>> = {
  FINANCING: (random) => ({ amount: String(random.integer(5, 50) * 10_000_000), months: 12 * random.integer(1, 3) }),
  SOCIAL_INSURANCE: (random) => ({ quantity: random.integer(5, 80), months: random.integer(1, 6) }),
  HIRING: (random) => ({ item: random.pick(['软件工程师', '操作工', '检验员']), quantity: random.integer(1, 20) }),
  MARKET: (random) => ({ item: random.pick(['传感器', '防护服', '物流软件']) }),
  SUPPLIES: (random, openedOn) => ({
    item: random.pick(['口罩', '消毒液', '测温仪']),
    quantity: random.integer(10, 2_000),
    neededOn: addDays(openedOn, random.integer(3, 10)),
  }),
  DAILY_LIFE: (random) => ({
    forWhom: random.pick(['返岗员工', '实习生']),
    place: random.pick(['人才公寓', '园区食堂']),
  }),
};

const ANSWER: Localized = {
  zh: '已协调办理，请留意后续通知',
  ja: '調整が済みました。続報をお待ちください',
  en: 'It is arranged; please wait for further notice',
};

/** Returns the course of a request: open without a visit, in progress with one or two, resolved with three. */
function courseOf(random: Random, openedAt: string, visits: readonly Visit[]) {
  const at = (on: string) => shanghaiInstant(on, '16:30:00').toISOString();
  const first: SupportEvent = { kind: 'REQUESTED', at: openedAt };
  const [begun, last] = [visits[0], visits.at(-1)];
  if (!begun || !last) return { status: 'OPEN', events: [first] } as const;
  const worked: readonly SupportEvent[] = [
    first,
    { kind: 'TAKEN', at: shanghaiInstant(begun.on, '09:00:00').toISOString() },
    ...visits.map(({ on }): SupportEvent => ({ kind: 'VISITED', at: at(on) })),
  ];
  if (visits.length < 3) return { status: 'IN_PROGRESS', events: worked } as const;
  const [answered, closed, rated] = [addDays(last.on, 1), addDays(last.on, 2), addDays(last.on, 3)];
  const rating = random.integer(3, 5);
  const events: readonly SupportEvent[] = [
    ...worked,
    { kind: 'ANSWERED', at: at(answered) },
    { kind: 'CLOSED', at: at(closed) },
    { kind: 'RATED', at: at(rated) },
  ];
  return { status: 'RESOLVED', answer: ANSWER, rating, events } as const;
}

/** Yields support requests: about every third enterprise has one, some have two. */
export function* supportRequestsOf(enterpriseId: string): Generator<RecordOf<SupportRequestItem>> {
  const random = randomOf(`support ${enterpriseId}`);
  const count = random.chance(0.33) ? random.integer(1, 2) : 0;
  for (let i = 0; i < count; i++) {
    const openedOn = addDays('2020-02-10', random.integer(0, 28));
    const opened = shanghaiInstant(openedOn, `10:${random.integer(10, 59)}:00`);
    const visits = visitsOf(random, openedOn);
    const kind = random.pick(SUPPORT_KINDS);
    const course = courseOf(random, opened.toISOString(), visits);
    yield {
      version: course.events.length,
      id: makeId('sreq', ulidOfName(`${enterpriseId} ${i}`, opened.getTime())),
      enterpriseId,
      kind,
      channel: random.chance(0.6) ? 'ONLINE' : 'ON_SITE',
      openedOn,
      visits,
      need: NEEDS[kind](random, openedOn),
      ...course,
    };
  }
}

const STAGES = ['CONTACT', 'SIGNED', 'LANDED', 'PRODUCING', 'LOST'] as const;

const OFFICE: Localized = { zh: '招商局', ja: '企業誘致局', en: 'Investment Promotion Office' };
const NEXT_STEP: Localized = { zh: '约谈投资方', ja: '投資家との面談', en: 'Meet the investor' };
const LOST_REASON: Localized = {
  zh: '投资方选择了其他园区',
  ja: '投資家は他の園区を選んだ',
  en: 'The investor chose another park',
};

/** Yields the six projects that the story names, whose amounts aren't known, and invented ones in every stage. */
export function* projectsOf(park: DemoPark): Generator<RecordOf<ProjectItem>> {
  for (const [index, { code, name, sector, stage, originZoneId }] of NAMED_PROJECTS.entries()) {
    const enterpriseId = identityOf(park, index).id;
    yield {
      version: 1,
      id: makeId('proj', code),
      parkId: park.id,
      name,
      stage,
      sector,
      originZoneId,
      amount: null,
      enterpriseId,
    };
  }
  const random = randomOf(`projects ${park.id}`);
  for (let i = 1; i <= 18; i++) {
    const stage = STAGES[i % STAGES.length]!;
    const isOpen = stage === 'CONTACT' || stage === 'SIGNED';
    yield {
      version: 1,
      id: makeId('proj', `sample-${String(i).padStart(2, '0')}`),
      parkId: park.id,
      name: { zh: `示例项目${i}`, ja: `サンプル案件${i}`, en: `Sample project ${i}` },
      stage,
      sector: random.pick(['DIGITAL_ECONOMY', 'PRECISION_MEDICINE', 'SMART_TRANSPORT', 'NEW_MATERIALS']),
      originZoneId: random.chance(0.5) ? ZHONGGUANCUN : null,
      // 10 to 300 million yuan, in fen.
      amount: String(random.integer(1, 30) * 1_000_000_000),
      enterpriseId: stage === 'LANDED' || stage === 'PRODUCING' ? identityOf(park, 20 + i).id : null,
      office: OFFICE,
      ...(isOpen && { nextStep: NEXT_STEP, nextStepOn: addDays('2020-03-18', i) }),
      ...(stage === 'LOST' && { lostReason: LOST_REASON }),
    };
  }
}
