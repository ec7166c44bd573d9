import { isPartnerPurpose, LOOK, type Purpose } from '../domain/access/purpose.ts';
import type { Locale } from '../domain/locale.ts';
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
