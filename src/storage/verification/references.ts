import { STORES, type StoreName } from '../../config.ts';
import { scanPages } from '../dynamodb/read.ts';
import type { OpenTables } from '../read-models/read-model.ts';
import { enterpriseKeys } from '../tables/enterprises.ts';
import type { PrimaryKey } from '../tables/key.ts';
import { linkageKeys } from '../tables/linkages.ts';
import { parkKeys } from '../tables/parks.ts';
import { personKeyKeys } from '../tables/person-keys.ts';
import { talentKeys } from '../tables/talent.ts';

/** An item that another one names. */
interface Reference {
  readonly store: StoreName;
  readonly key: PrimaryKey;
}

/** An item as verification reads it. */
type Read = PrimaryKey & { readonly type: string } & Readonly<Record<string, unknown>>;

const texts = (value: unknown): string[] => (typeof value === 'string' ? [value] : []);
const members = (value: unknown, name: string): string[] =>
  Array.isArray(value) ? value.flatMap((member) => texts(member?.[name])) : [];

const to = (store: StoreName, keyOf: (id: string) => PrimaryKey) => (ids: readonly string[]) =>
  ids.map((id): Reference => ({ store, key: keyOf(id) }));
const zones = to('parks', parkKeys.zone);
const parks = to('parks', parkKeys.park);
const policies = to('parks', parkKeys.policy);
const enterprises = to('enterprises', enterpriseKeys.enterprise);
const offers = to('enterprises', enterpriseKeys.offer);
const courses = to('enterprises', enterpriseKeys.course);
const directives = to('enterprises', enterpriseKeys.directive);
const cases = to('talent', talentKeys.case);
const agreements = to('linkages', linkageKeys.agreement);
const relocations = to('linkages', linkageKeys.relocation);

const ofEnterprise = (item: Read) => enterprises(texts(item.enterpriseId));
const ofCase = (item: Read) => cases(texts(item.caseId));

/** The references of each type of item. Those to what an erasure or a partner may remove are left out. */
const REFERENCES: Readonly<Record<string, (item: Read) => readonly Reference[]>> = {
  Park: (item) => zones(texts(item.zoneId)),
  Policy: (item) => zones(Array.isArray(item.homeZoneIds) ? item.homeZoneIds : []),
  PolicyInForce: (item) => policies(texts(item.policyId)),
  Enterprise: (item) => [...zones(texts(item.homeZoneId)), ...parks(members(item.residencies, 'parkId'))],
  SettledStay: (item) => [...ofEnterprise(item), ...parks(texts(item.parkId))],
  SettledClasses: ofEnterprise,
  Uscc: ofEnterprise,
  OperationReport: (item) => [...ofEnterprise(item), ...parks(texts(item.parkId))],
  Resident: (item) => [...ofEnterprise(item), ...parks(texts(item.parkId))],
  Tracking: ofEnterprise,
  SupportRequest: ofEnterprise,
  Offer: ofEnterprise,
  OfferInterest: (item) => [...offers(texts(item.offerId)), ...ofEnterprise(item)],
  Course: (item) => parks(texts(item.parkId)),
  Enrolment: (item) => [...courses(texts(item.courseId)), ...ofEnterprise(item)],
  DirectiveOfPark: (item) => [...parks(texts(item.parkId)), ...directives(texts(item.directiveId))],
  DirectiveAnswer: (item) => [
    ...directives(texts(item.directiveId)),
    ...ofEnterprise(item),
    ...parks(texts(item.parkId)),
  ],
  Project: (item) => parks(texts(item.parkId)),
  Inspection: (item) => [...parks(texts(item.parkId)), ...enterprises(texts(item.enterpriseId))],
  TalentCase: (item) => [
    ...zones(texts(item.zoneId)),
    ...parks(texts(item.parkId)),
    ...enterprises(texts(item.enterpriseId)),
    ...policies(texts(item.policyId)),
    {
      store: 'talent',
      key: talentKeys.caseTypeVersion(String(item.caseTypeId), Number(item.caseTypeVersion)),
    },
    { store: 'talent', key: talentKeys.receipt(String(item.receiptNumber)) },
    { store: 'talent', key: talentKeys.caseOfApplicant(String(item.id)) },
  ],
  CaseEvent: ofCase,
  ApplicantCase: ofCase,
  Receipt: ofCase,
  Work: ofCase,
  CaseDocument: ofCase,
  Opinion: ofCase,
  CasePlace: ofCase,
  CaseSecret: ofCase,
  Person: (item) => [{ store: 'personKeys', key: personKeyKeys.person(String(item.personId)) }],
  PersonKeys: (item) => [{ store: 'personKeys', key: personKeyKeys.zone(String(item.zoneId)) }],
  AgreementParty: (item) => [...agreements(texts(item.agreementId)), ...zones(texts(item.zoneId))],
  ZoneRelocation: (item) => relocations(texts(item.relocationId)),
  Ledger: (item) => agreements(texts(item.agreementId)),
  LedgerEntry: (item) => [...agreements(texts(item.agreementId)), ...zones(texts(item.zone))],
  LedgerAccount: (item) => agreements(texts(item.agreementId)),
  PolicyCoverage: (item) => [...agreements(texts(item.agreementId)), ...policies(texts(item.policyId))],
};

const textOf = ({ store, key }: Reference) => `${store} ${key.pk} ${key.sk}`;

/** The types that references lead to. */
const REFERRED = [
  'Zone',
  'Park',
  'Policy',
  'Enterprise',
  'Course',
  'Offer',
  'Directive',
  'TalentCase',
  'CaseTypeVersion',
  'Receipt',
  'ApplicantCase',
  'Agreement',
  'Relocation',
  'PersonKeys',
  'ZoneKeys',
] as const;

export interface CheckedReferences {
  /** Items by type, as far as references lead from or to them. */
  readonly counts: ReadonlyMap<string, number>;
  readonly references: number;
  /** Sentences: each names an item and what it lacks. */
  readonly faults: readonly string[];
}

/**
 * Follows the references of all items, and counts each case's events against its version. It reads all tables: for a
 * command, never for a request. Memory holds the keys of all items that can be referred to, and every reference once.
 */
export async function checkReferences(open: OpenTables): Promise<CheckedReferences> {
  const counts = new Map<string, number>();
  const wanted = new Map<string, string>();
  const found = new Set<string>();
  const versions = new Map<string, number>();
  const events = new Map<string, number>();
  let references = 0;
  const types = [...new Set([...Object.keys(REFERENCES), ...REFERRED])];
  for (const store of STORES) {
    for await (const page of scanPages<Read>(open(store), types)) {
      for (const item of page) {
        counts.set(item.type, (counts.get(item.type) ?? 0) + 1);
        if (REFERRED.some((type) => type === item.type)) found.add(textOf({ store, key: item }));
        for (const reference of REFERENCES[item.type]?.(item) ?? []) {
          references += 1;
          wanted.set(textOf(reference), `${item.pk} ${item.sk}`);
        }
        if (item.type === 'CaseEvent') events.set(item.pk, (events.get(item.pk) ?? 0) + 1);
        if (item.type === 'TalentCase') versions.set(item.pk, Number((item.course as { version: number }).version));
      }
    }
  }
  const faults = Array.from(wanted).flatMap(([reference, from]) =>
    found.has(reference) ? [] : [`${from} refers to ${reference.slice(reference.indexOf(' ') + 1)}, which is missing.`],
  );
  for (const [caseId, version] of versions) {
    const logged = events.get(caseId) ?? 0;
    if (logged !== version) faults.push(`${caseId} has version ${version} and ${logged} events.`);
  }
  return { counts, references, faults };
}
