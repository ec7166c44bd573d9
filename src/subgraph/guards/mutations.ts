import { defaultFieldResolver, type GraphQLSchema } from 'graphql';
import { mayEverWrite } from '../../domain/access/may-write.ts';
import { mayBeValidated } from '../../domain/access/validated-mutations.ts';
import { isMutationName, type MutationName } from '../../domain/access/write-table.ts';
import { CodedError } from '../../errors.ts';
import type { ResolverContext } from '../context.ts';

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
