import type { Locale } from '../domain/locale.ts';
import type { Viewer } from '../domain/viewer.ts';
import { type Log, log } from '../log.ts';
import type { Call } from './request.ts';

/** What a resolver may use beside its parent and arguments. `Store` is the subgraph's own storage. */
export interface ResolverContext<Store> {
  readonly viewer: Viewer;
  /** Opened for this request: it stops at the request's deadline. */
  readonly store: Store;
  readonly request: {
    readonly now: Date;
    readonly locale: Locale;
    /** Epoch milliseconds. */
    readonly deadline: number;
    readonly purpose: string | undefined;
  };
  readonly log: Log;
}

/** The context of one request's resolvers, with the store that was opened for it. */
export function contextOf<Store>(call: Call, store: Store): ResolverContext<Store> {
  const { viewer, now, locale, deadline, purpose } = call;
  return { viewer, store, request: { now, locale, deadline, purpose }, log };
}
