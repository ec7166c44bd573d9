/** Rules about the terms of an agreement between zones. */
import { isIdOf } from '../ids.ts';
import { type RecordRefusal, refuseText, unless } from '../records/record.ts';
import type { AgreementTerms, PartyRole, ShareTermRecord } from './agreement.ts';
import { refuseCaseTerms } from './case-terms.ts';
import { ALL_BASIS_POINTS, fenOf } from './money.ts';

const MIN_PARTIES = 2;
/** Each party takes two writes of the transaction that signs an agreement. */
const MAX_PARTIES = 20;
const MAX_SHARE_TERMS = 4;
const MAX_YEARS = 30;
const MAX_NOTICE_DAYS = 1_100;

/** Refuses terms that no zones could sign on a day. */
export function refuseTerms(terms: AgreementTerms, today: string): RecordRefusal[] {
  const { title, validFrom, validTo, purposes, shareTerms, noticeDays = 1 } = terms;
  const last = ['validTo'];
  return [
    ...refuseText(title, ['title']),
    ...refuseParties(terms),
    ...unless(validTo === null || validTo >= validFrom, 'INVALID_VALUE', last, 'The last day is before the first.'),
    ...unless(validTo === null || validTo >= today, 'INVALID_VALUE', last, 'The last day has passed.'),
    ...unless(new Set(purposes).size === purposes.length, 'INVALID_VALUE', ['purposes'], 'A purpose is named twice.'),
    ...unless(
      noticeDays >= 1 && noticeDays <= MAX_NOTICE_DAYS,
      'INVALID_VALUE',
      ['noticeDays'],
      `Notice is given 1 to ${MAX_NOTICE_DAYS} days before.`,
    ),
    ...refuseCaseTerms(terms.caseTerms, purposes),
    ...refuseShareTerms(shareTerms, new Set(terms.parties.map(({ role }) => role))),
  ];
}

function refuseParties({ parties }: AgreementTerms): RecordRefusal[] {
  const zones = parties.map(({ zoneId }) => zoneId);
  const isCount = zones.length >= MIN_PARTIES && zones.length <= MAX_PARTIES;
  const count = `An agreement has ${MIN_PARTIES} to ${MAX_PARTIES} parties.`;
  return [
    ...unless(isCount, 'INVALID_VALUE', ['parties'], count),
    ...unless(new Set(zones).size === zones.length, 'INVALID_VALUE', ['parties'], 'A zone is a party once.'),
    ...zones.flatMap((zone, i) =>
      unless(isIdOf('zone', zone), 'INVALID_VALUE', ['parties', String(i), 'zone'], 'This is no id of a zone.'),
    ),
  ];
}

function refuseShareTerms(terms: readonly ShareTermRecord[], roles: ReadonlySet<PartyRole>): RecordRefusal[] {
  const field = ['shareTerms'];
  const bases = new Set(terms.map(({ base }) => base));
  return [
    ...unless(terms.length <= MAX_SHARE_TERMS, 'INVALID_VALUE', field, `There are ${MAX_SHARE_TERMS} terms at most.`),
    ...unless(bases.size === terms.length, 'INVALID_VALUE', field, 'A figure is shared by one term.'),
    ...terms.slice(0, MAX_SHARE_TERMS).flatMap((term, i) => refuseShareTerm(term, roles, [...field, String(i)])),
  ];
}

function refuseShareTerm(
  { shares, cap, years, extensionYears }: ShareTermRecord,
  roles: ReadonlySet<PartyRole>,
  at: readonly string[],
): RecordRefusal[] {
  const parts = shares.map(({ basisPoints }) => basisPoints);
  const isWhole = parts.every((part) => part >= 0) && parts.reduce((sum, part) => sum + part, 0) === ALL_BASIS_POINTS;
  const isOfParties =
    new Set(shares.map(({ role }) => role)).size === shares.length && shares.every(({ role }) => roles.has(role));
  const capFen = cap === null ? null : fenOf(cap);
  return [
    ...unless(isWhole, 'INVALID_VALUE', [...at, 'shares'], 'Shares sum to 10,000 basis points.'),
    ...unless(isOfParties, 'INVALID_VALUE', [...at, 'shares'], 'Each share is of another part, which a party has.'),
    ...unless(cap === null || (capFen !== null && capFen > 0n), 'INVALID_VALUE', [...at, 'cap'], 'A cap is above 0.'),
    ...unless(years >= 1 && years <= MAX_YEARS, 'INVALID_VALUE', [...at, 'years'], `Years are 1 to ${MAX_YEARS}.`),
    ...unless(
      extensionYears >= 0 && extensionYears <= MAX_YEARS,
      'INVALID_VALUE',
      [...at, 'extensionYears'],
      `Further years are 0 to ${MAX_YEARS}.`,
    ),
  ];
}
