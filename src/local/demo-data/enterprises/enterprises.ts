import { addDays, shanghaiInstant } from '../../../domain/calendar/day.ts';
import type { SizeClass } from '../../../domain/enterprises/industry.ts';
import type { Residency } from '../../../domain/enterprises/residency.ts';
import { makeUscc } from '../../../domain/enterprises/uscc.ts';
import { makeId, ulidOfName } from '../../../domain/ids.ts';
import type { EnterpriseItem } from '../../../storage/enterprises/items.ts';
import type { RecordOf } from '../../../storage/enterprises/make-items.ts';
import { type DemoPark, HEADLINE_PARK } from '../parks/parks.ts';
import { type Random, randomOf } from '../random.ts';
import { HEADLINE_COURSES } from './headline.ts';
import { NAMED_PROJECTS } from './named-projects.ts';
import { inventedEnterprise } from './names.ts';
import { supplyLinksOf, withFilledGap } from './supply-links.ts';

/**
 * The first enterprises that moved here from elsewhere: their numbers in the headline park, and their earlier places.
 */
export const RELOCATED = [10, 11, 12] as const;
const RELOCATED_FROM_PARK = 'park_sample-haidian';

/** An enterprise's identity, which can be made without its other data. */
export interface Identity {
  readonly id: string;
  readonly uscc: string;
  /** First day of its residence in the park. */
  readonly from: string;
  /** Random stream that continues after the identity's numbers. */
  readonly random: Random;
}

/**
 * Makes the identity of an enterprise by its number (from 0) in a park. Its code, DEM0 and a number, has a form that no
 * registrar issues.
 */
export function identityOf(park: DemoPark, index: number): Identity {
  const number = park.firstNumber + index;
  const random = randomOf(`${park.id} ${index}`);
  const uscc = makeUscc({
    department: '9',
    category: '1',
    region: park.facts.regionCode,
    organisation: `DEM0${String(number).padStart(5, '0')}`,
  });
  const from = addDays(park.facts.openedOn ?? '2017-01-01', random.integer(0, 1000));
  return { id: makeId('ent', ulidOfName(uscc, shanghaiInstant(from, '09:00:00').getTime())), uscc, from, random };
}

/** Returns the size class by the limits for software and information services (大中小微型企业划分, 2017), by staff alone. */
function sizeClassOf(staff: number): SizeClass {
  if (staff < 10) return 'MICRO';
  if (staff < 100) return 'SMALL';
  return staff < 300 ? 'MEDIUM' : 'LARGE';
}

function residenciesOf(park: DemoPark, index: number, from: string, registeredStaff: number): Residency[] {
  const incubated = park.id === HEADLINE_PARK && HEADLINE_COURSES[index]?.incubated === true;
  const here: Residency = {
    parkId: park.id,
    kind: incubated ? 'INCUBATED' : 'OPERATING',
    from,
    to: null,
    registeredStaff,
  };
  if (park.id !== HEADLINE_PARK || !RELOCATED.some((moved) => moved === index)) return [here];
  const before: Residency = {
    parkId: RELOCATED_FROM_PARK,
    kind: 'OPERATING',
    from: '2016-01-04',
    to: addDays(from, -1),
    registeredStaff,
  };
  return [here, before];
}

/** An enterprise that has moved here and keeps a site in Beijing: its number in the headline park. */
export const KEEPS_A_SITE = RELOCATED[2];
const BEIJING_REGION = '110108';

/** Returns the site that an enterprise keeps where it was before. */
export const keptSiteOf = (id: string): EnterpriseItem['sites'][number] => ({
  id: `${id}.4`,
  kind: 'OPERATIONS_CENTRE',
  name: { zh: '北京运营中心', ja: '北京運営センター', en: 'Operations centre in Beijing' },
  regionCode: BEIJING_REGION,
});

function sitesOf(id: string, park: DemoPark, random: Random): EnterpriseItem['sites'] {
  const { regionCode } = park.facts;
  const site = (number: number, kind: EnterpriseItem['sites'][number]['kind'], zh: string, ja: string, en: string) => ({
    id: `${id}.${number}`,
    kind,
    name: { zh, ja, en },
    regionCode,
  });
  const sites = [site(1, 'HEADQUARTERS', '总部', '本部', 'Headquarters')];
  if (random.chance(0.2)) sites.push(site(2, 'RND_CENTRE', '研发中心', '研究開発センター', 'R&D centre'));
  if (random.chance(0.1)) sites.push(site(3, 'OPERATIONS_CENTRE', '运营中心', '運営センター', 'Operations centre'));
  return sites;
}

const ISSUER = { zh: '认定机构（示例）', ja: '認定機関（サンプル）', en: 'Certifying authority (sample)' };
/** The first day without a certificate of 2018 as a small technology enterprise, which its zone revoked. */
const REVOKED_ON = '2019-07-01';

function qualificationsOf(
  random: Random,
  { zoneId, number }: { readonly zoneId: string; readonly number: number },
): EnterpriseItem['qualifications'] {
  if (!random.chance(0.3)) return [];
  const year = random.integer(2018, 2019);
  const certificate = { validFrom: `${year}-12-01`, number: `DEM0-${year}-${number}`, issuer: ISSUER };
  if (random.chance(0.5)) return [{ kind: 'HIGH_TECH_ENTERPRISE', ...certificate, validTo: `${year + 3}-11-30` }];
  if (year > 2018) return [{ kind: 'TECH_SME', ...certificate, validTo: `${year + 1}-11-30` }];
  return [{ kind: 'TECH_SME', ...certificate, zoneId, validTo: addDays(REVOKED_ON, -1), revokedOn: REVOKED_ON }];
}

/** The number of an enterprise in the headline park that has settled stays. */
const GROWN = 96;
const EARLIER_STAYS = 4;
const DAYS_OF_A_STAY = 90;

/** Adds settled stays elsewhere, one for each former number of registered staff. */
function withEarlierStays(enterprise: RecordOf<EnterpriseItem>): RecordOf<EnterpriseItem> {
  const [here] = enterprise.residencies;
  if (!here) return enterprise;
  const earlier = Array.from({ length: EARLIER_STAYS }, (_, i) => ({
    ...here,
    parkId: RELOCATED_FROM_PARK,
    from: addDays(here.from, (i + 1) * -DAYS_OF_A_STAY),
    to: addDays(here.from, i * -DAYS_OF_A_STAY - 1),
    registeredStaff: Math.max(1, here.registeredStaff - i - 1),
  }));
  return { ...enterprise, residencies: [here, ...earlier], settledTo: addDays(here.from, -1) };
}

/** Makes an enterprise's stored record, before the register's stories. */
export function enterpriseOf(park: DemoPark, index: number): RecordOf<EnterpriseItem> {
  const { id, uscc, from, random } = identityOf(park, index);
  const course = park.id === HEADLINE_PARK ? HEADLINE_COURSES[index] : undefined;
  const invented = inventedEnterprise(park.firstNumber + index, park.town);
  const known = park.id === HEADLINE_PARK ? NAMED_PROJECTS[index] : undefined;
  const staffCount = course?.staff ?? Math.ceil(Math.exp(1 + 4 * random.next()));
  const enterprise: RecordOf<EnterpriseItem> = {
    id,
    version: 1,
    uscc,
    name: known?.name ?? invented.name,
    industryCode: known?.industryCode ?? invented.industryCode,
    sector: known?.sector ?? invented.sector,
    sizeClass: sizeClassOf(staffCount),
    staffCount,
    homeZoneId: park.facts.zoneId,
    registration: 'CONFIRMED',
    challenge: null,
    admissions: [],
    move: null,
    residencies: residenciesOf(park, index, from, staffCount),
    sites: [
      ...withFilledGap(sitesOf(id, park, random), index),
      ...(park.id === HEADLINE_PARK && index === KEEPS_A_SITE ? [keptSiteOf(id)] : []),
    ],
    qualifications: qualificationsOf(random, { zoneId: park.facts.zoneId, number: park.firstNumber + index }),
    supplyLinks: supplyLinksOf(park.id, index, (of) => (of < park.enterprises ? identityOf(park, of).id : null)),
  };
  return park.id === HEADLINE_PARK && index === GROWN ? withEarlierStays(enterprise) : enterprise;
}
