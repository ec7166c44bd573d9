import type { Localized } from '../locale.ts';
import { type RecordRefusal, refuseCode, refuseText, unless } from './record.ts';

/** An authority that issues policies and directives (发文机关). */
export interface AuthorityRecord {
  /** Stable, e.g. `tianjin-sti-bureau`. A zone's authority has the zone's code. */
  readonly code: string;
  readonly name: Localized;
  readonly level: 'STATE' | 'CITY' | 'DISTRICT' | 'ZONE';
  /** Null unless the authority is a zone's. */
  readonly zoneId: string | null;
}

/** Refuses an authority that contradicts itself. A zone's authority has the zone's code, so no other zone can use it. */
export function refuseAuthority({ code, name, level, zoneId }: AuthorityRecord): readonly RecordRefusal[] {
  return [
    ...refuseCode(code, ['issuer', 'code']),
    ...refuseText(name, ['issuer', 'name']),
    ...unless(
      (level === 'ZONE') === (zoneId !== null),
      'INVALID_VALUE',
      ['issuer', 'zone'],
      'An authority of level ZONE names its zone, any other none.',
    ),
    ...unless(
      zoneId === null || zoneId === `zone_${code}`,
      'INVALID_VALUE',
      ['issuer', 'code'],
      "A zone's authority has the zone's code.",
    ),
  ];
}
