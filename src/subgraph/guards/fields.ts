import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import { type FieldGroup, GUARDED, type GuardedField, groupOf } from '../../domain/access/fields.ts';
import { formOf, isOpenForSomePurpose } from '../../domain/access/form.ts';
import type { RowKind } from '../../domain/access/relation.ts';
import type { Form } from '../../domain/access/table.ts';
import { CodedError } from '../../errors.ts';
import type { ResolverContext } from '../context.ts';

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

/** Makes the error of a partner whose declared purpose doesn't open a field. */
export function purposeNotGranted(): CodedError {
  return new CodedError(
    'PURPOSE_NOT_GRANTED',
    'No agreement of your zone opens this for the purpose that the header `bridgehead-purpose` declares.',
  );
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
      if (form === 'HIDDEN') return hide(viewer.kind, group);
      if (form === 'MASKED') masked.add(coordinate);
      guard.shown?.(record as never, { field: coordinate, form, relation }, context);
      return resolve(record, given, context, info);
    };
    const relation = guard.relationTo(record as never, context, GUARDED[group].row);
    return typeof relation === 'string' ? show(relation) : relation.then(show);
  };
}

function hide(kind: ResolverContext<unknown>['viewer']['kind'], group: FieldGroup): null {
  if (kind !== 'partner' || !isOpenForSomePurpose(kind, group)) return null;
  throw purposeNotGranted();
}
