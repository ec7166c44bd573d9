/** The publication and the withdrawal of a policy's versions. A published version is never changed. */
import { mayWrite } from '../access/decision.ts';
import { recordRelation } from '../access/write-relation.ts';
import type { Localized } from '../locale.ts';
import { refuseAuthority } from '../records/authority.ts';
import {
  type RecordRefusal,
  type RecordRefusalCode,
  refuseCode,
  refusePublisher,
  refuseText,
  refuseVersion,
  unless,
} from '../records/record.ts';
import type { Decision } from '../refusal.ts';
import type { Viewer } from '../viewer.ts';
import { refusePackages } from './packages.ts';
import type { ClauseRecord, PolicyFacts, PolicyVersionRecord } from './policy.ts';
import { inForceEntries } from './policy-version.ts';
import { type PolicyTerms, refuseTerms, refuseTermsBytes } from './terms.ts';

/** A version of a policy as its publisher states it. Title, zones and packages are the policy's from then on. */
export interface StatedPolicyVersion extends Omit<PolicyFacts, 'version' | 'versions'> {
  /** The version of the record that was seen; null for a new policy. */
  readonly seen: number | null;
  readonly documentNumber: string | null;
  readonly validFrom: string;
  readonly validTo: string | null;
  /** The texts of the clauses, in order. */
  readonly clauses: readonly Localized[];
  /** Null where the version's terms are not stated as data. */
  readonly terms: PolicyTerms | null;
}

/** The result of a decision: the policy, and the clauses of a version that is new. */
export interface PolicyPublication {
  /** The version of the policy's record. */
  readonly version: number;
  readonly policy: PolicyFacts;
  /** Null where no version is new. */
  readonly clauses: { readonly number: number; readonly list: readonly ClauseRecord[] } | null;
}

export const MAX_CLAUSES = 60;
const MAX_CLAUSE_CHARACTERS = 4000;
/** Bytes of all clauses of a version in UTF-8, which are one item: DynamoDB's limit is 400 KB. */
const MAX_CLAUSES_BYTES = 300_000;
const MAX_VERSIONS = 100;
export const MAX_HOME_ZONES = 50;
const MAX_DOCUMENT_NUMBER_CHARACTERS = 100;
/** Entries of days in force that one publication may write and remove: a transaction has 100 writes, 4 of them others. */
export const MAX_IN_FORCE_CHANGES = 96;

interface PublicationGrounds {
  readonly viewer: Viewer;
  /** Tells whether a zone exists. */
  readonly isZoneKnown: (zoneId: string) => boolean;
}

/** Decides a new policy or the next version of one. */
export function decidePolicyVersion(
  { seen, documentNumber, validFrom, validTo, clauses, terms, ...stated }: StatedPolicyVersion,
  before: PolicyFacts | null,
  { viewer, isZoneKnown }: PublicationGrounds,
): Decision<PolicyPublication, RecordRefusalCode> {
  const number = (before?.versions[0]?.number ?? 0) + 1;
  const facts = { number, status: 'PUBLISHED', documentNumber, validFrom, validTo } as const;
  const next: PolicyVersionRecord = { ...facts, ...(terms && { terms }) };
  const versions = [next, ...(before?.versions ?? [])];
  const relation = recordRelation(viewer, (before ?? stated).issuer.zoneId);
  const refusals = [
    ...refusePublisher(mayWrite(viewer, 'publishPolicyVersion', relation)),
    ...refuseVersion(seen, before),
    ...refuseCode(stated.code),
    ...refuseText(stated.title, ['title']),
    ...refuseIssuer(stated, before, isZoneKnown),
    ...refuseHomeZones(stated, isZoneKnown),
    ...refusePackages(stated.packages),
    ...refuseVersionFacts(next),
    ...refuseClauses(clauses),
    ...(terms ? refuseTerms(terms, { subject: stated.subject, clauses: clauses.length }) : []),
    ...refuseTermsBytes(versions),
    ...refuseVersions(before?.versions ?? [], versions, ['validTo']),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  const version = (before?.version ?? 0) + 1;
  return {
    ok: true,
    value: {
      version,
      policy: { ...stated, versions, version },
      clauses: { number, list: clauses.map((text, i) => ({ number: i + 1, text })) },
    },
  };
}

export interface StatedWithdrawal {
  /** The version of the record that was seen. */
  readonly seen: number;
  /** The number of the version to withdraw. */
  readonly number: number;
}

/** Decides the withdrawal of a version (废止). It counts on no day from then on; a version that it replaced does again. */
export function decideWithdrawal(
  { seen, number }: StatedWithdrawal,
  before: PolicyFacts | null,
  viewer: Viewer,
): Decision<PolicyPublication, RecordRefusalCode> {
  const withdrawn = before?.versions.find((version) => version.number === number);
  const versions = (before?.versions ?? []).map((version) =>
    version === withdrawn ? { ...version, status: 'WITHDRAWN' as const } : version,
  );
  const refusals = [
    ...refusePublisher(
      mayWrite(viewer, 'withdrawPolicyVersion', recordRelation(viewer, before?.issuer.zoneId ?? null)),
    ),
    ...unless(before !== null, 'UNKNOWN_REFERENCE', ['policy'], 'There is no such policy.'),
    ...(before ? refuseVersion(seen, before) : []),
    ...unless(!before || withdrawn !== undefined, 'UNKNOWN_REFERENCE', ['number'], 'The policy has no such version.'),
    ...unless(withdrawn?.status !== 'WITHDRAWN', 'KEPT', ['number'], 'This version is withdrawn already.'),
    ...refuseVersions(before?.versions ?? [], versions, ['number']),
  ];
  if (refusals.length > 0 || !before) return { ok: false, refusals };
  const version = before.version + 1;
  const { code, title, issuer, homeZoneIds, subject, packages } = before;
  return {
    ok: true,
    value: {
      version,
      policy: { code, title, issuer, homeZoneIds, subject, packages, versions, version },
      clauses: null,
    },
  };
}

/** The issuer answers for its policy, so it stays. */
function refuseIssuer(
  { issuer, subject }: Pick<PolicyFacts, 'issuer' | 'subject'>,
  before: PolicyFacts | null,
  isZoneKnown: (zoneId: string) => boolean,
): readonly RecordRefusal[] {
  const { code, level, zoneId } = issuer;
  const isSame =
    !before || (before.issuer.code === code && before.issuer.level === level && before.issuer.zoneId === zoneId);
  return [
    ...refuseAuthority(issuer),
    ...unless(
      zoneId === null || isZoneKnown(zoneId),
      'UNKNOWN_REFERENCE',
      ['issuer', 'zone'],
      'There is no such zone.',
    ),
    ...unless(isSame, 'KEPT', ['issuer'], 'A policy stays with its issuer.'),
    ...unless(!before || before.subject === subject, 'KEPT', ['subject'], 'A policy keeps its kind of subject.'),
  ];
}

/** A zone's word holds in that zone alone. Agreements carry it to others, which linkages tells. */
function refuseHomeZones(
  { issuer, homeZoneIds }: Pick<PolicyFacts, 'issuer' | 'homeZoneIds'>,
  isZoneKnown: (zoneId: string) => boolean,
): readonly RecordRefusal[] {
  const { zoneId } = issuer;
  return [
    ...unless(
      homeZoneIds.length >= 1 && homeZoneIds.length <= MAX_HOME_ZONES,
      'INVALID_VALUE',
      ['homeZones'],
      `A policy has 1 to ${MAX_HOME_ZONES} home zones.`,
    ),
    ...unless(
      new Set(homeZoneIds).size === homeZoneIds.length,
      'INVALID_VALUE',
      ['homeZones'],
      'Each home zone is named once.',
    ),
    ...homeZoneIds.flatMap((id, i) =>
      unless(isZoneKnown(id), 'UNKNOWN_REFERENCE', ['homeZones', `${i}`], 'There is no such zone.'),
    ),
    ...unless(
      zoneId === null || homeZoneIds.every((id) => id === zoneId),
      'INVALID_VALUE',
      ['homeZones'],
      "The home of a zone's policy is that zone alone.",
    ),
  ];
}

function refuseVersionFacts({ documentNumber, validFrom, validTo }: PolicyVersionRecord): readonly RecordRefusal[] {
  return [
    ...unless(
      documentNumber === null ||
        (documentNumber.trim() !== '' && [...documentNumber].length <= MAX_DOCUMENT_NUMBER_CHARACTERS),
      'INVALID_TEXT',
      ['documentNumber'],
      `A document number has 1 to ${MAX_DOCUMENT_NUMBER_CHARACTERS} characters.`,
    ),
    ...unless(
      validTo === null || validFrom <= validTo,
      'INVALID_VALUE',
      ['validTo'],
      'The last day is not before the first.',
    ),
  ];
}

function refuseClauses(clauses: readonly Localized[]): readonly RecordRefusal[] {
  const bytes = clauses.reduce((sum, { zh, ja, en }) => sum + Buffer.byteLength(zh + ja + en), 0);
  return [
    ...unless(
      clauses.length <= MAX_CLAUSES,
      'INVALID_VALUE',
      ['clauses'],
      `A version has at most ${MAX_CLAUSES} clauses.`,
    ),
    ...unless(
      bytes <= MAX_CLAUSES_BYTES,
      'INVALID_VALUE',
      ['clauses'],
      `All clauses have at most ${MAX_CLAUSES_BYTES} bytes in UTF-8, in three languages.`,
    ),
    ...clauses.flatMap((text, i) => refuseText(text, ['clauses', `${i}`], MAX_CLAUSE_CHARACTERS)),
  ];
}

/** Refuses what would outgrow the policy's item or one transaction. */
function refuseVersions(
  before: readonly PolicyVersionRecord[],
  after: readonly PolicyVersionRecord[],
  field: readonly string[],
): readonly RecordRefusal[] {
  return [
    ...unless(after.length <= MAX_VERSIONS, 'INVALID_VALUE', [], `A policy has at most ${MAX_VERSIONS} versions.`),
    ...unless(
      inForceChanges(before, after) <= MAX_IN_FORCE_CHANGES,
      'INVALID_VALUE',
      field,
      'The days in force are too many single days and months: begin or end with a month or a year.',
    ),
  ];
}

/** Returns how many entries of days in force are removed and made. */
function inForceChanges(before: readonly PolicyVersionRecord[], after: readonly PolicyVersionRecord[]): number {
  const [old, made] = [before, after].map(
    (versions) => new Set(inForceEntries(versions).map(({ bucket, from, number }) => `${bucket} ${from} ${number}`)),
  );
  return old && made ? old.symmetricDifference(made).size : 0;
}
