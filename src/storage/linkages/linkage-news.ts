import { expiryOf } from '../../domain/linkages/linkage-event.ts';
import type { LinkageNews } from '../../domain/webhooks/linkage-news.ts';
import type { PrimaryKey } from '../tables.ts';
import type { AgreementVersionItem, CoverageVersionItem } from './items.ts';
import type { RecognitionVersionItem } from './recognition-items.ts';
import type { RelocationVersionItem } from './relocations/relocation-items.ts';

/**
 * Returns what a version of an agreement, coverage, recognition or relocation tells; null for one that tells nothing, and
 * for other items.
 */
export function linkageNewsOf(item: PrimaryKey): LinkageNews | null {
  if (isAgreement(item)) {
    const { facts, version, event, publication } = item;
    // Versions that were stored before have no event.
    if (!event) return null;
    const zoneIds = facts.parties.map(({ zoneId }) => zoneId);
    const expiresAt = expiryOf(facts);
    return { id: facts.id, version, agreementId: null, kind: event, zoneIds, at: publication.at, expiresAt };
  }
  if (isRelocation(item)) {
    const { facts, version, event, publication } = item;
    const { id, agreementId, fromZoneId, toZoneId } = facts;
    return { id, version, agreementId, kind: event, zoneIds: [fromZoneId, toZoneId], at: publication.at };
  }
  if (isRecognition(item)) {
    const { facts, version, event, publication } = item;
    const { id, agreementId, byZoneId, ofZoneId } = facts;
    return { id, version, agreementId, kind: event, zoneIds: [byZoneId, ofZoneId], at: publication.at };
  }
  if (!isCoverage(item)) return null;
  const { facts, version, event, publication } = item;
  const { id, agreementId, fromZoneId, toZoneId } = facts;
  return { id, version, agreementId, kind: event, zoneIds: [fromZoneId, toZoneId], at: publication.at };
}

const isAgreement = (item: PrimaryKey): item is AgreementVersionItem => 'of' in item && item.of === 'Agreement';
const isRelocation = (item: PrimaryKey): item is RelocationVersionItem => 'of' in item && item.of === 'Relocation';
const isCoverage = (item: PrimaryKey): item is CoverageVersionItem => 'of' in item && item.of === 'PolicyCoverage';
const isRecognition = (item: PrimaryKey): item is RecognitionVersionItem => 'of' in item && item.of === 'Recognition';
