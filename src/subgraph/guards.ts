import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import { formOf, isOpenForSomePurpose, mayEverWrite, purposesOf } from '../domain/access/decision.ts';
import { type FieldGroup, GUARDED, type GuardedField, groupOf } from '../domain/access/fields.ts';
import type { RowKind } from '../domain/access/relation.ts';
import type { Form } from '../domain/access/table.ts';
import { mayBeValidated } from '../domain/access/validated-mutations.ts';
import { isMutationName, type MutationName } from '../domain/access/write-table.ts';
import { CodedError } from '../errors.ts';
import { securityEvent } from '../security-event.ts';
import type { ResolverContext } from './context.ts';
import { ruleOf, type UserError, type UserErrorCode } from './user-errors.ts';

type Viewing = Pick<ResolverContext<unknown>, 'viewer' | 'request' | 'masked'>;

/** The access rules for the records of a type. */
export interface Guard<Context, Parent = never> {
  /**
   * Returns the viewer's relation to the record's row (`domain/access/relation.ts`).
   * @param row the kind of row that guards the field; a record may have fields of several
   */
  relationTo(record: Parent, context: Context, row: RowKind): string | Promise<string>;
  /** Called for every shown field before it is resolved. */
  shown?(record: Parent, seen: ShownField, context: Context): void;
}

export interface ShownField {
  /** The field's schema coordinate, e.g. `Applicant.name`. */
  readonly field: string;
  readonly form: Exclude<Form, 'HIDDEN'>;
  readonly relation: string;
}

export type Guards<Context> = Readonly<Record<string, Guard<Context>>>;

/**
 * Checks the table of `domain/access` before each non-public field of these types. A hidden field is null and isn't
 * resolved; a masked one is recorded. A partner gets PURPOSE_NOT_GRANTED if no purpose opens the field. Throws
 * CONFIGURATION for an unknown type.
 */
export function guardFields<Context extends Viewing>(schema: GraphQLSchema, guards: Guards<Context>): void {
  for (const [name, guard] of Object.entries(guards)) {
    const type = schema.getType(name);
    if (!isObjectType(type)) throw new CodedError('CONFIGURATION', `There is no object type ${name} to guard.`);
    for (const field of Object.values(type.getFields())) {
      const group = groupOf(`${name}.${field.name}`);
      if (!group) continue;
      field.resolve = guarded(`${name}.${field.name}`, group, guard, field.resolve ?? defaultFieldResolver);
    }
  }
}

/** Returns the form in which a viewer with this relation sees a field, for resolvers that have the whole value. */
export function formAt({ viewer, request }: Viewing, field: GuardedField, relation: string): Form {
  const group = groupOf(field);
  return group ? formOf(viewer.kind, group, relation, request.accessPurpose) : 'HIDDEN';
}

/** Makes the error of a partner whose declared purpose, or lack of one, doesn't open a field. */
export function purposeNotGranted(field: GuardedField, { request }: Pick<Viewing, 'request'>): CodedError {
  const group = groupOf(field);
  return notGranted(request.purpose, group ? purposesOf(group) : []);
}

/** Names the purposes that may open the field; `Agreement.purposes` shows everybody what each agreement grants. */
function notGranted(declared: string | undefined, opening: readonly string[]): CodedError {
  const missing = 'The header `bridgehead-purpose` is missing.';
  const why = declared === undefined ? missing : `No agreement of your zone in force opens this for ${declared}.`;
  const which = `${opening.join(' or ')} may open it: \`Agreement.purposes\` lists what each agreement grants.`;
  return new CodedError('PURPOSE_NOT_GRANTED', `${why} ${which}`);
}

function guarded<Context extends Viewing>(
  coordinate: string,
  group: FieldGroup,
  guard: Guard<Context>,
  resolve: GraphQLFieldResolver<unknown, Context>,
): GraphQLFieldResolver<unknown, Context> {
  return (record, given, context, info) => {
    const show = (relation: string): unknown => {
      const { viewer, request, masked } = context;
      const form = formOf(viewer.kind, group, relation, request.accessPurpose);
      if (form === 'HIDDEN') return hide(viewer.kind, group, request.purpose);
      if (form === 'MASKED') masked.add(coordinate);
      guard.shown?.(record as never, { field: coordinate, form, relation }, context);
      return resolve(record, given, context, info);
    };
    const relation = guard.relationTo(record as never, context, GUARDED[group].row);
    return typeof relation === 'string' ? show(relation) : relation.then(show);
  };
}

function hide(kind: ResolverContext<unknown>['viewer']['kind'], group: FieldGroup, declared: string | undefined): null {
  if (kind !== 'partner' || !isOpenForSomePurpose(kind, group)) return null;
  throw notGranted(declared, purposesOf(group));
}

/** A subgraph's mutation resolvers. A mutation without a row in the table of writes doesn't compile. */
export type GuardedMutations<Resolvers> = {
  readonly [Name in keyof Resolvers]-?: Name extends MutationName ? NonNullable<Resolvers[Name]> : never;
};

/**
 * Makes every mutation of a subgraph check the table of writes before it starts: whether its caller may do it to any
 * row at all, and whether the request may validate it only. The resolver checks the table again with the caller's
 * relation to the loaded row.
 * @throws CodedError CONFIGURATION for a mutation without a row in the table
 */
export function guardMutations(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { name, resolve = defaultFieldResolver } = field;
    if (!isMutationName(name)) {
      throw new CodedError('CONFIGURATION', `The mutation ${name} has no row in the table of writes.`);
    }
    field.resolve = (parent, given, context: ResolverContext<unknown>, info) => {
      if (!mayEverWrite(context.viewer, name)) throw new CodedError('FORBIDDEN', `This caller may not call ${name}.`);
      if (context.request.validatesOnly && !mayBeValidated(name)) {
        throw new CodedError('BAD_USER_INPUT', `${name} cannot be validated only.`);
      }
      return resolve(parent, given, context, info);
    };
  }
}

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
