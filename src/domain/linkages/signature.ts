/** Signatures of zones. A zone signs by one officer, or by two where it wishes. */
import { type RecordRefusal, unless } from '../records/record.ts';
import type { Signer } from './agreement.ts';

export type OfficersPerSignature = 1 | 2;

export interface Signature {
  readonly zoneId: string;
  readonly officer: string;
  readonly officers: OfficersPerSignature;
  readonly today: string;
}

/** Returns the signers after an officer of one zone has signed. */
export function withSignature<S extends Signer>(
  signers: readonly S[],
  { zoneId, officer, officers, today }: Signature,
): readonly S[] {
  return signers.map((signer) => {
    if (signer.zoneId !== zoneId) return signer;
    if (officers === 2 && signer.firstOfficer === undefined) return { ...signer, firstOfficer: officer };
    const { firstOfficer: _, ...signed } = signer;
    return { ...signed, signedOn: today } as S;
  });
}

/** Refuses a second signature of a zone, and one officer's second signature where the zone signs by two. */
export function refuseSignature(
  signers: readonly Signer[],
  { zoneId, officer, officers }: Omit<Signature, 'today'>,
): RecordRefusal[] {
  const own = signers.find((signer) => signer.zoneId === zoneId);
  const isSecond = officers === 1 || own?.firstOfficer !== officer;
  return [
    ...unless(own !== undefined, 'KEPT', ['agreement'], 'This change needs no signature of the zone.'),
    ...unless(!own || own.signedOn === null, 'KEPT', ['agreement'], 'The zone has signed already.'),
    ...unless(isSecond, 'KEPT', ['agreement'], 'Another officer of the zone signs second.'),
  ];
}

/** Returns whether every signer has signed. */
export function isComplete(signers: readonly Signer[]): boolean {
  return signers.every(({ signedOn }) => signedOn !== null);
}
