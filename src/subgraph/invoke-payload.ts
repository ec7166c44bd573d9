import * as z from 'zod';
import { LOCALES } from '../domain/locale.ts';
import type { SubgraphRequest } from './request.ts';
import { viewerSchema } from './viewer-schema.ts';

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
    traceparent: z.string().optional(),
  }),
});

export type InvokePayload = z.infer<typeof invokePayload>;

/** Makes the payload of a request, with the remaining time. */
export function toInvokePayload({ query, variables, call }: SubgraphRequest): InvokePayload {
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
      ...(call.traceparent === undefined ? {} : { traceparent: call.traceparent }),
    },
  };
}
