import * as z from 'zod';

/** The names that an issuer gives to the claims about a token's bearer. */
export const claimNames = z.strictObject({
  /** Kind of viewer, e.g. `officer`. */
  kind: z.string().min(1).default('viewer_kind'),
  /** The issuer's permanent identifier of the person: never a name, an identity number or a phone number. */
  person: z.string().min(1).default('sub'),
  /** The client of a client-credentials token (RFC 9068 §2.2). */
  client: z.string().min(1).default('client_id'),
  agency: z.string().min(1).default('agency'),
  zone: z.string().min(1).default('zone'),
  /** A list of an officer's roles. */
  roles: z.string().min(1).default('roles'),
  /** An applicant's verified identity number, where the issuer gives it. */
  idNumber: z.string().min(1).optional(),
  enterprise: z.string().min(1).default('enterprise'),
});
export type ClaimNames = z.infer<typeof claimNames>;
