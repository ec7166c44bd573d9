import { inLocale, type Locale, type Localized } from '../domain/locale.ts';
import type { ResolverContext } from './context.ts';

/** The arguments of a field that has a text in several languages. */
export interface LocaleArguments {
  readonly locale?: Locale | null;
}

/** A text in the language that the field's argument asks for, else in the request's. */
export function localized(
  text: Localized,
  { locale }: LocaleArguments,
  { request }: Pick<ResolverContext<unknown>, 'request'>,
): string {
  return inLocale(text, locale ?? request.locale);
}

/** A resolver of a field whose text its parent keeps in several languages; null where it has none. */
export function localizedField<Parent, Text extends Localized | null>(textOf: (parent: Parent) => Text) {
  return (
    parent: Parent,
    given: LocaleArguments,
    context: Pick<ResolverContext<unknown>, 'request'>,
  ): Text extends null ? null : string => {
    const text = textOf(parent);
    // TypeScript can't narrow a conditional type by its parameter: null goes in, null comes out.
    return (text === null ? null : localized(text, given, context)) as Text extends null ? null : string;
  };
}
