import * as z from 'zod';
import { AGENCIES } from '../domain/cases/agency.ts';
import { LOCALES } from '../domain/locale.ts';
import { OFFICER_ROLES, type Viewer } from '../domain/viewer.ts';
import { CodedError } from '../errors.ts';
import type { SubgraphRequest } from './request.ts';

const person = z.string().min(1);

/** A viewer as our functions pass it on: exactly the members of its kind. */
const viewerSchema: z.ZodType<Viewer> = z.discriminatedUnion('kind', [
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

/** One operation for a subgraph in a Lambda Invoke: the contract of both ends. The answer is a SubgraphResult. */
export const invokePayload = z.strictObject({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()),
  call: z.strictObject({
    requestId: z.string(),
    viewer: viewerSchema,
    now: z.iso.datetime(),
    locale: z.enum(LOCALES),
    /** Remaining time rather than a deadline: two machines' clocks differ. */
    remainingMilliseconds: z.number(),
    purpose: z.string().optional(),
    hasWritten: z.literal(true).optional(),
    traceparent: z.string().optional(),
  }),
});

export type InvokePayload = z.infer<typeof invokePayload>;

/** Makes the error of a request for a subgraph whose reads and mutations log what they show. */
export function cannotValidateOnly(): CodedError {
  return new CodedError('BAD_USER_INPUT', 'Operations on cases cannot be validated only.');
}

/**
 * Makes the payload of a request, with the remaining time.
 * @throws CodedError BAD_USER_INPUT for one that validates only: no subgraph behind Invoke has such a mutation
 */
export function toInvokePayload({ query, variables, call }: SubgraphRequest): InvokePayload {
  if (call.validatesOnly) throw cannotValidateOnly();
  return {
    query,
    variables: { ...variables },
    call: {
      requestId: call.requestId,
      viewer: call.viewer,
      now: call.now.toISOString(),
      locale: call.locale,
      remainingMilliseconds: call.deadline - Date.now(),
      ...(call.purpose === undefined ? {} : { purpose: call.purpose }),
      ...(call.hasWritten ? { hasWritten: true } : {}),
      ...(call.traceparent === undefined ? {} : { traceparent: call.traceparent }),
    },
  };
}
