import { isPartnerPurpose, LOOK, type Purpose } from '../domain/access/purpose.ts';
import { inLocale, type Locale, type Localized } from '../domain/locale.ts';
import type { Viewer } from '../domain/viewer.ts';
import { type Log, log } from '../log.ts';
import type { Call } from './request.ts';

/** The context of a resolver. `Store` is the subgraph's own storage. */
export interface ResolverContext<Store> {
  readonly viewer: Viewer;
  /** Opened for this request; it stops at the request's deadline. */
  readonly store: Store;
  readonly request: {
    readonly id: string;
    readonly now: Date;
    readonly locale: Locale;
    /** Epoch milliseconds. */
    readonly deadline: number;
    /** The declared purpose. */
    readonly purpose: string | undefined;
    /**
     * The purpose that access rules judge by: a partner's declared one, else the default. Only a partner's purpose
     * opens more.
     */
    readonly accessPurpose: Purpose;
    /** Set where mutations are decided and nothing is written. */
    readonly validatesOnly: boolean;
  };
  /** Schema coordinates of masked fields in the answer: its `extensions.masked`. */
  readonly masked: Set<string>;
  readonly log: Log;
}

/** Makes the context of one request's resolvers, with the store that was opened for it. */
export function contextOf<Store>(call: Call, store: Store): ResolverContext<Store> {
  const { requestId: id, viewer, now, locale, deadline, purpose, validatesOnly = false } = call;
  const accessPurpose = viewer.kind === 'partner' && isPartnerPurpose(purpose) ? purpose : LOOK;
  return {
    viewer,
    store,
    request: { id, now, locale, deadline, purpose, accessPurpose, validatesOnly },
    masked: new Set(),
    log,
  };
}

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
