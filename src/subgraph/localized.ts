import { inLocale, type Locale, type Localized } from '../domain/locale.ts';
import type { ResolverContext } from './context.ts';

/** Arguments of a field with a text in several languages. */
export interface LocaleArguments {
  readonly locale?: Locale | null;
}

/** Returns a text in the language of the field's argument, else in the request's. */
export function localized(
  text: Localized,
  { locale }: LocaleArguments,
  { request }: Pick<ResolverContext<unknown>, 'request'>,
): string {
  return inLocale(text, locale ?? request.locale);
}

/** Makes the resolver of a field whose parent has its text in several languages; null if it has none. */
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

/** A text as a client states it; Chinese alone is enough. */
interface StatedText {
  readonly zh: string;
  readonly ja?: string | null;
  readonly en?: string | null;
}

/** Returns a stated text in all three languages: in Chinese where there is no translation. */
export function localizedText({ zh, ja, en }: StatedText): Localized {
  return { zh, ja: ja ?? zh, en: en ?? zh };
}
