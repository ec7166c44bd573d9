/** Changes of an enterprise's qualifications, sites and supply links. */
import { addDays } from '../calendar/day.ts';
import {
  type Holdings,
  MAX_QUALIFICATIONS,
  MAX_SITES,
  MAX_SUPPLY_LINKS,
  qualificationKey,
  supplyLinkKey,
  UNKNOWN_PARTNER,
} from '../enterprises/holdings.ts';
import { industryCodeOf } from '../enterprises/industry.ts';
import { isIdOf } from '../ids.ts';
import { refuseRegionCode, refuseText } from '../records/record.ts';
import type { Decision } from '../refusal.ts';
import type { StatedOf } from './proposal.ts';
import { type RegisterRefusalCode, refuseRegister as refuse } from './situation.ts';

type HoldingsDecision = Decision<Partial<Holdings>, RegisterRefusalCode>;

const MAX_NUMBER_CHARACTERS = 60;

/** Adds a qualification, or replaces the one of the same kind and number. */
export function stateQualification(
  { qualifications }: Holdings,
  { qualification }: StatedOf<'QUALIFICATION'>,
): HoldingsDecision {
  const { number = '', issuer, validFrom, validTo, zoneId } = qualification;
  const { length } = [...number.trim()];
  if (length < 1 || length > MAX_NUMBER_CHARACTERS) {
    return refuse('INVALID_TEXT', 'number', `A number has 1 to ${MAX_NUMBER_CHARACTERS} characters.`);
  }
  const [refused] = issuer ? refuseText(issuer, ['issuer']) : [];
  if (refused) return { ok: false, refusals: [{ ...refused, code: 'INVALID_TEXT' }] };
  if (validTo !== null && validTo < validFrom) {
    return refuse('INVALID_DAY', 'validTo', 'The last day is not before the first.');
  }
  if (zoneId !== undefined && !isIdOf('zone', zoneId)) {
    return refuse('INVALID_TEXT', 'zone', 'This is no id of a zone.');
  }
  const list = replaced(qualifications, qualification, qualificationKey);
  if (list.length > MAX_QUALIFICATIONS) return tooMany(`${MAX_QUALIFICATIONS} qualifications`);
  return { ok: true, value: { qualifications: list } };
}

/** Ends a qualification the day before its revocation. */
export function revokeQualification({ qualifications }: Holdings, stated: StatedOf<'REVOCATION'>): HoldingsDecision {
  const { qualificationKind, number, on } = stated;
  const key = qualificationKey({ kind: qualificationKind, ...(number !== null && { number }) });
  const known = qualifications.find((each) => qualificationKey(each) === key);
  if (!known) return refuse('NO_RECORD', 'number', 'The enterprise has no such qualification.');
  if (known.validTo !== null && on > known.validTo) {
    return refuse('INVALID_DAY', 'on', `The qualification ends on ${known.validTo}.`);
  }
  const revoked = { ...known, validTo: addDays(on, -1), revokedOn: on };
  return { ok: true, value: { qualifications: replaced(qualifications, revoked, qualificationKey) } };
}

/** Adds a site, or replaces the one of the same id. */
export function stateSite({ sites }: Holdings, { site, isNew }: StatedOf<'SITE'>): HoldingsDecision {
  if (!isNew && !sites.some(({ id }) => id === site.id)) return noSite();
  const [refusedName] = refuseText(site.name, ['name']);
  if (refusedName) return { ok: false, refusals: [{ ...refusedName, code: 'INVALID_TEXT' }] };
  const [refusedRegion] = refuseRegionCode(site.regionCode);
  if (refusedRegion) return { ok: false, refusals: [{ ...refusedRegion, code: 'INVALID_REGION' }] };
  const { fills, ...others } = site;
  const goodsCode = fills && industryCodeOf(fills.goodsCode.toUpperCase());
  if (goodsCode === null) return refuse('UNKNOWN_INDUSTRY', 'fills', 'GB/T 4754-2017 has no such industry.');
  if (fills && !isIdOf('park', fills.parkId)) return refuse('INVALID_TEXT', 'fills', 'This is no id of a park.');
  const stated = fills && goodsCode !== undefined ? { ...others, fills: { ...fills, goodsCode } } : site;
  const list = replaced(sites, stated, ({ id }) => id);
  return list.length > MAX_SITES ? tooMany(`${MAX_SITES} sites`) : { ok: true, value: { sites: list } };
}

/** Removes a site. */
export function closeSite({ sites }: Holdings, { siteId }: StatedOf<'SITE_CLOSURE'>): HoldingsDecision {
  const left = sites.filter(({ id }) => id !== siteId);
  return left.length === sites.length ? noSite() : { ok: true, value: { sites: left } };
}

/**
 * Adds a supply link, or replaces the one of the same direction, partner and goods code. An upstream link without a partner
 * says that a supplier is sought.
 */
export function stateSupplyLink({ supplyLinks }: Holdings, { link }: StatedOf<'SUPPLY_LINK'>): HoldingsDecision {
  const { direction, partnerId, regionCode, goods } = link;
  const names = [partnerId, regionCode].filter((name) => name != null).length;
  const isSought = names === 0 && direction === 'UPSTREAM';
  if (partnerId === UNKNOWN_PARTNER || (names !== 1 && !isSought)) {
    return refuse('INVALID_PARTNER', 'partner', 'Name a registered enterprise by its code, or the region of another.');
  }
  const [refusedRegion] = regionCode === undefined ? [] : refuseRegionCode(regionCode);
  if (refusedRegion) return { ok: false, refusals: [{ ...refusedRegion, code: 'INVALID_REGION' }] };
  const [refusedGoods] = refuseText(goods, ['goods']);
  if (refusedGoods) return { ok: false, refusals: [{ ...refusedGoods, code: 'INVALID_TEXT' }] };
  const goodsCode = industryCodeOf((link.goodsCode ?? '').toUpperCase());
  if (!goodsCode) return refuse('UNKNOWN_INDUSTRY', 'goodsCode', 'GB/T 4754-2017 has no such industry.');
  const list = replaced(supplyLinks, { ...link, goodsCode }, supplyLinkKey);
  if (list.length > MAX_SUPPLY_LINKS) return tooMany(`${MAX_SUPPLY_LINKS} supply links`);
  return { ok: true, value: { supplyLinks: list } };
}

/** Removes a supply link. */
export function endSupplyLink({ supplyLinks }: Holdings, { link }: StatedOf<'SUPPLY_LINK_END'>): HoldingsDecision {
  const left = supplyLinks.filter((each) => supplyLinkKey(each) !== supplyLinkKey(link));
  if (left.length < supplyLinks.length) return { ok: true, value: { supplyLinks: left } };
  return refuse('NO_RECORD', 'partner', 'The enterprise has no such supply link.');
}

/** Returns a list with an entry in the place of the one that has the same key, or at its end. */
function replaced<Entry>(list: readonly Entry[], entry: Entry, keyOf: (entry: Entry) => string): readonly Entry[] {
  const at = list.findIndex((each) => keyOf(each) === keyOf(entry));
  return at < 0 ? [...list, entry] : list.with(at, entry);
}

const tooMany = (what: string) => refuse('TOO_MANY', 'enterprise', `An enterprise has at most ${what}.`);
const noSite = () => refuse('NO_RECORD', 'site', 'The enterprise has no such site.');
