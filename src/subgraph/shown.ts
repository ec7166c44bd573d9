import { defaultFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import { CodedError } from '../errors.ts';

/** For types, what is to be called for each of their fields that is shown, with the record that it is a field of. */
export type Shown<Context> = Readonly<Record<string, (record: never, field: string, context: Context) => void>>;

/**
 * Has it told of every field of some types that is about to be resolved: also of those whose resolver is no more than their
 * record's property, and of those that the types get later. Throws CONFIGURATION where there is no such type.
 */
export function tellWhatIsShown<Context>(schema: GraphQLSchema, shown: Shown<Context>): void {
  for (const [name, tell] of Object.entries(shown)) {
    const type = schema.getType(name);
    if (!isObjectType(type)) throw new CodedError('CONFIGURATION', `There is no object type ${name} to tell of.`);
    for (const field of Object.values(type.getFields())) {
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (record, given, context, info) => {
        tell(record as never, field.name, context);
        return resolve(record, given, context, info);
      };
    }
  }
}
