import * as z from 'zod';
import { AGENCIES } from '../domain/cases/agency.ts';
import { OFFICER_ROLES, type Viewer } from '../domain/viewer.ts';

const person = z.string().min(1);

/** A viewer as our functions pass it on: exactly the members of its kind. */
export const viewerSchema: z.ZodType<Viewer> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('anonymous') }),
  z.strictObject({ kind: z.literal('applicant'), person, idNumber: z.string().exactOptional() }),
  z.strictObject({ kind: z.literal('caseHolder'), caseId: z.string().min(1) }),
  z.strictObject({
    kind: z.literal('officer'),
    person,
    agency: z.enum(AGENCIES),
    zone: z.string().min(1),
    roles: z.array(z.enum(OFFICER_ROLES)).readonly(),
  }),
  z.strictObject({ kind: z.literal('clerk'), person, enterprise: z.string().min(1) }),
  z.strictObject({ kind: z.literal('partner'), zone: z.string().min(1), key: z.string().min(1) }),
  z.strictObject({ kind: z.literal('analyst'), person }),
  z.strictObject({ kind: z.literal('admin'), person }),
]);
