/**
 * Stories of single enterprises that the register has been told: an admission, moves, a challenge, proposals and
 * successions. All are invented and in sample parks, so that the headline park's figures stay as reported.
 */
import { addDays } from '../../../domain/calendar/day.ts';
import type { RegisterCommand } from '../../../domain/register/command.ts';
import type { OfficerRole, Viewer } from '../../../domain/viewer.ts';
import { BAODI, DONGJIANG, HIGH_TECH, ZHONGGUANCUN } from '../parks/zones.ts';

/** The parks of the stories. */
const HAIDIAN_PARK = 'park_sample-haidian';
const HITECH_PARK = 'park_sample-hitech';
const BAODI_PARK = 'park_sample-baodi';
const DONGJIANG_PARK = 'park_sample-dongjiang';

/** An enterprise by its number in its park. */
export type Member = readonly [parkId: string, index: number];

type WithoutVersion<Command> = Command extends unknown ? Omit<Command, 'version'> : never;

/** A command on a day. Each changes the enterprise's version by one. */
export interface Told {
  readonly on: string;
  readonly by: Viewer;
  readonly command: WithoutVersion<RegisterCommand>;
}

export interface RegisterStory {
  readonly of: Member;
  /** Set where an officer registered it, so that it awaits a confirmation. */
  readonly isUnconfirmed?: true;
  /** The other enterprises of its succession. */
  readonly into?: Member;
  /** Tells the story of enterprises with ids, by the day that counts as today. */
  readonly told: (ids: { readonly own: string; readonly into: string }, today: string) => readonly Told[];
}

const PERSON = 'demo';
const ADMIN: Viewer = { kind: 'admin', person: PERSON };
const clerk = (enterprise: string): Viewer => ({ kind: 'clerk', person: PERSON, enterprise });
const officer = (zone: string): Viewer => {
  const roles: readonly OfficerRole[] = ['REGISTER'];
  return { kind: 'officer', person: PERSON, agency: 'PARK', zone, roles };
};

/** An admission of a Beijing enterprise to a Binhai park. */
const ADMISSION: RegisterStory = {
  of: [HAIDIAN_PARK, 0],
  told({ own }) {
    const stay = { parkId: HITECH_PARK, from: '2020-04-01' };
    const terms = { kind: 'OPERATING', staffCount: 2 } as const;
    return [
      { on: '2020-03-30', by: clerk(own), command: { action: 'AGREE_TO_ADMISSION', ...stay } },
      { on: '2020-03-31', by: officer(HIGH_TECH), command: { action: 'RECORD_ADMISSION', ...stay, terms } },
    ];
  },
};

function requested(own: string, day: string): Told {
  return {
    on: day,
    by: clerk(own),
    command: { action: 'REQUEST_MOVE', parkId: BAODI_PARK, keepsSites: false },
  };
}

/** A move that the receiving zone accepts today, so that the old home may object for ten working days. */
const ACCEPTED_MOVE: RegisterStory = {
  of: [HAIDIAN_PARK, 1],
  told: ({ own }, today) => [
    requested(own, addDays(today, -3)),
    { on: today, by: officer(BAODI), command: { action: 'ACCEPT_MOVE' } },
  ],
};

/** A move that the old home objects to today, so that an administrator decides within twenty working days. */
const DISPUTED_MOVE: RegisterStory = {
  of: [HAIDIAN_PARK, 2],
  told: ({ own }, today) => [
    requested(own, addDays(today, -9)),
    { on: addDays(today, -4), by: officer(BAODI), command: { action: 'ACCEPT_MOVE' } },
    { on: today, by: officer(ZHONGGUANCUN), command: { action: 'OBJECT_TO_MOVE', reason: 'TAX_NOT_SETTLED' } },
  ],
};

/** A registration that nobody has confirmed. */
const UNCONFIRMED: RegisterStory = { of: [BAODI_PARK, 5], isUnconfirmed: true, told: () => [] };

/** A registration that another zone challenges: the enterprise is at home there. */
const CHALLENGED: RegisterStory = {
  of: [DONGJIANG_PARK, 5],
  isUnconfirmed: true,
  told: () => [
    {
      on: '2020-04-02',
      by: officer(HIGH_TECH),
      command: { action: 'CHALLENGE_REGISTRATION', reason: 'OTHER_HOME', homeZoneId: HIGH_TECH },
    },
  ],
};

const CERTIFIER = { zh: '认定机构（示例）', ja: '認定機関（サンプル）', en: 'Certifying authority (sample)' };

/** Proposals of a clerk: one of each subject is open, another certificate's was rejected. */
const PROPOSALS: RegisterStory = {
  of: [BAODI_PARK, 7],
  told({ own }) {
    const certificate = (year: number) => ({
      kind: 'TECH_SME' as const,
      number: `DEM0-${year}-4507`,
      issuer: CERTIFIER,
      validFrom: `${year}-12-01`,
      validTo: `${year + 1}-11-30`,
    });
    const name = {
      zh: '宝坻佳洋数字（示例）有限公司',
      ja: '宝坻佳洋デジタル（サンプル）',
      en: 'Baodi Jiayang Digital (Sample)',
    };
    const site = { zh: '研发中心', ja: '研究開発センター', en: 'R&D centre' };
    const goods = { zh: '服务器', ja: 'サーバー', en: 'Servers' };
    const stated = [
      { kind: 'QUALIFICATION', qualification: certificate(2018) },
      {
        kind: 'FACTS',
        facts: { name, industryCode: 'I6513', sector: 'DIGITAL_ECONOMY', sizeClass: 'SMALL', staffCount: 31 },
      },
      { kind: 'LEAVE', parkId: BAODI_PARK, lastDay: '2026-12-31' },
      { kind: 'QUALIFICATION', qualification: certificate(2019) },
      {
        kind: 'REVOCATION',
        qualificationKind: 'HIGH_TECH_ENTERPRISE',
        number: 'DEM0-2019-4507',
        on: '2020-06-01',
      },
      { kind: 'SITE', isNew: true, site: { id: `${own}.9`, kind: 'RND_CENTRE', name: site, regionCode: '120115' } },
      {
        kind: 'SUPPLY_LINK',
        link: { direction: 'UPSTREAM', partnerId: null, regionCode: '310115', goods, goodsCode: 'C3911' },
      },
    ] as const;
    const [first, ...others] = stated.map((each): Told => {
      const parkId = each.kind === 'LEAVE' ? each.parkId : null;
      return { on: '2020-05-06', by: clerk(own), command: { action: 'STATE', stated: each, parkId } };
    });
    if (!first) return [];
    const rejected: Told = {
      on: '2020-05-07',
      by: officer(BAODI),
      command: { action: 'DECIDE_PROPOSAL', number: 2, isAccepted: false, reason: 'NOT_PROVEN' },
    };
    return [first, rejected, ...others.map((each) => ({ ...each, on: '2020-05-08' }))];
  },
};

/** A division by which an enterprise goes on and another continues a part of it (存续分立). */
const SPLIT: RegisterStory = {
  of: [BAODI_PARK, 2],
  into: [BAODI_PARK, 3],
  told({ own, into }) {
    const terms = { kind: 'SPLIT_OFF', successorIds: [into], on: '2020-05-01', source: null } as const;
    return [
      { on: '2020-04-20', by: clerk(own), command: { action: 'SUCCEED', ...terms } },
      { on: '2020-04-21', by: clerk(into), command: { action: 'SUCCEED', ...terms } },
      { on: '2020-05-06', by: officer(BAODI), command: { action: 'CONFIRM_SUCCESSION' } },
    ];
  },
};

/** A merger across zones that one of both home zones has confirmed (吸收合并). */
const MERGER: RegisterStory = {
  of: [HITECH_PARK, 4],
  into: [DONGJIANG_PARK, 4],
  told({ into }) {
    const source = '国家企业信用信息公示系统（示例）';
    const terms = { kind: 'ABSORPTION', successorIds: [into], on: '2020-05-01', source } as const;
    return [
      { on: '2020-05-06', by: ADMIN, command: { action: 'SUCCEED', ...terms } },
      { on: '2020-05-07', by: officer(DONGJIANG), command: { action: 'CONFIRM_SUCCESSION' } },
    ];
  },
};

export const REGISTER_STORIES: readonly RegisterStory[] = [
  ADMISSION,
  ACCEPTED_MOVE,
  DISPUTED_MOVE,
  UNCONFIRMED,
  CHALLENGED,
  PROPOSALS,
  SPLIT,
  MERGER,
];
