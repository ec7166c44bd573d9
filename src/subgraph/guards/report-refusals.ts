import { defaultFieldResolver, type GraphQLSchema } from 'graphql';
import { CodedError } from '../../errors.ts';
import { securityEvent } from '../../security-event.ts';
import type { ResolverContext } from '../context.ts';
import { ruleOf, type UserError, type UserErrorCode } from '../user-errors.ts';

type Reporting = Pick<ResolverContext<unknown>, 'viewer' | 'request' | 'log'>;

/** Refusals that may be attempts at other people's data: the row is not the caller's, or the step is not. */
const DENIALS: readonly UserErrorCode[] = ['NOT_ALLOWED', 'NOT_FOUND'];

/** Makes every mutation of a subgraph report its denials: one ACCESS_DENIED event per call. */
export function reportRefusals(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = async (parent, given, context: Reporting, info) => {
      try {
        const payload = await resolve(parent, given, context, info);
        const denied = userErrorsOf(payload).filter(({ code }) => DENIALS.includes(code));
        if (denied.length > 0) report(field.name, denied, context);
        return payload;
      } catch (error) {
        if (error instanceof CodedError && error.code === 'FORBIDDEN') report(field.name, [], context);
        throw error;
      }
    };
  }
}

function report(mutation: string, denied: readonly UserError[], { viewer, request, log }: Reporting): void {
  securityEvent(log, {
    kind: 'ACCESS_DENIED',
    code: denied[0]?.code ?? 'FORBIDDEN',
    requestId: request.id,
    viewer,
    mutation,
    ...(denied.length > 0 ? { rules: [...new Set(denied.map(ruleOf))].sort() } : {}),
  });
}

/** Returns the errors of a payload, including those of single rows. */
function userErrorsOf(payload: unknown): readonly UserError[] {
  if (typeof payload !== 'object' || payload === null) return [];
  const rows = Object.values(payload).filter(Array.isArray).flat();
  return [payload, ...rows].flatMap((each: unknown) =>
    typeof each === 'object' && each !== null && 'userErrors' in each && Array.isArray(each.userErrors)
      ? (each.userErrors as readonly UserError[])
      : [],
  );
}
