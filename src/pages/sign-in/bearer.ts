import type { ClaimNames } from '../../auth/claim-names.ts';

/** The bearer of an access token, for display only. The verifier of the token decides what they may do. */
export interface Bearer {
  readonly kind: string;
  readonly person?: string | undefined;
  readonly agency?: string | undefined;
  readonly zone?: string | undefined;
  readonly enterprise?: string | undefined;
  readonly roles: readonly string[];
}

/**
 * Reads a JWT's claims without verification: they come from the issuer over its own connection.
 * @returns null if it is no JWT, or doesn't name its bearer
 */
export function bearerOf(token: string, names: ClaimNames): Bearer | null {
  const claims = claimsOf(token);
  const text = (name: keyof ClaimNames) => {
    const value = claims?.[names[name] ?? ''];
    return typeof value === 'string' ? value : undefined;
  };
  const kind = text('kind');
  if (!claims || kind === undefined) return null;
  const roles = claims[names.roles];
  return {
    kind,
    person: text('person'),
    agency: text('agency'),
    zone: text('zone'),
    enterprise: text('enterprise'),
    roles: [roles].flat().filter((role) => typeof role === 'string'),
  };
}

function claimsOf(token: string): Readonly<Record<string, unknown>> | null {
  const payload = /^[\w-]+\.([\w-]+)\.[\w-]+$/.exec(token)?.[1];
  if (payload === undefined) return null;
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (byte) =>
      byte.charCodeAt(0),
    );
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof claims === 'object' && claims !== null ? { ...claims } : null;
  } catch {
    return null;
  }
}
