/** The address at which an applicant wants to hear that there is news in a case. It is stated for each case. */

import { caseRelation } from '../access/case-relation.ts';
import { mayWrite } from '../access/decision.ts';
import type { MutationName } from '../access/write-table.ts';
import { UNKNOWN_CASE } from '../cases/decide.ts';
import type { CaseSubject } from '../cases/file.ts';
import type { Locale } from '../locale.ts';
import { maskPhone } from '../people/masking.ts';
import type { Decision, Refusal } from '../refusal.ts';
import type { Viewer } from '../viewer.ts';
import { readPushSubscription } from './push-subscription.ts';

/** The ways to an applicant. WECHAT is a template message of an official account (公众号模板消息), WEB_PUSH a browser. */
export const NEWS_CHANNELS = ['SMS', 'WECHAT', 'EMAIL', 'WEB_PUSH'] as const;
export type NewsChannel = (typeof NEWS_CHANNELS)[number];

/** A contact as its applicant states it. */
export interface StatedContact {
  readonly channel: NewsChannel;
  /** A mobile number, an e-mail address, a browser's subscription as JSON, or an openid that WeChat has told us. */
  readonly address: string;
  /** Set where the push service's address must not be called, e.g. one inside the network. */
  readonly isBlocked?: boolean;
  /** The language of the messages. */
  readonly locale: Locale;
}

/** Forms of addresses. An e-mail address has at most 254 characters (RFC 5321, section 4.5.3.1.3). */
const FORMS = {
  SMS: /^1\d{10}$/,
  WECHAT: /^[\w-]{20,64}$/,
  EMAIL: /^(?=.{3,254}$)[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/i,
} as const satisfies Record<Exclude<NewsChannel, 'WEB_PUSH'>, RegExp>;

/** Returns whether a stated address has the form of its channel's. */
export function isAddress({ channel, address, isBlocked = false }: Omit<StatedContact, 'locale'>): boolean {
  if (channel === 'WEB_PUSH') return !isBlocked && readPushSubscription(address) !== null;
  return FORMS[channel].test(address);
}

/** Returns the masked form of an address: `138****5678`, `w***@example.org`, `oAbC***`, `push.example.org/***`. */
export function maskContact({ channel, address }: Pick<StatedContact, 'channel' | 'address'>): string {
  if (channel === 'SMS') return maskPhone(address);
  if (channel === 'WEB_PUSH') return `${new URL(readPushSubscription(address)?.endpoint ?? 'https://***').host}/***`;
  if (channel === 'WECHAT') return `${address.slice(0, 4)}***`;
  return `${address.slice(0, 1)}***${address.slice(address.lastIndexOf('@'))}`;
}

export type ContactRefusalCode = 'UNKNOWN_CASE' | 'NOT_YOURS' | 'ERASED' | 'INVALID_ADDRESS' | 'STATED_OPENID';
export type ContactMutation = Extract<MutationName, 'setNewsContact' | 'removeNewsContact' | 'bindWeChat'>;

/**
 * Decides whether a viewer may set or remove the contact of a case: only its signed-in applicant may. A holder of the
 * receipt may have found it.
 * @param stated the client's own address; null where the contact is removed, or WeChat tells it
 */
export function decideContact(
  of: (CaseSubject & { readonly zoneId: string }) | null,
  viewer: Viewer,
  mutation: ContactMutation,
  stated: StatedContact | null,
): Decision<StatedContact | null, ContactRefusalCode> {
  const refuse = (refusal: Refusal<ContactRefusalCode>) => ({ ok: false, refusals: [refusal] }) as const;
  const relation = of === null ? 'NONE' : caseRelation(viewer, of);
  if (of === null || relation === 'NONE') return refuse({ ...UNKNOWN_CASE, code: 'UNKNOWN_CASE' });
  if (!mayWrite(viewer, mutation, relation)) {
    return refuse({ code: 'NOT_YOURS', field: [], message: 'Only the signed-in applicant may do this.' });
  }
  if (of.applicant === null) {
    return refuse({ code: 'ERASED', field: [], message: 'The applicant was erased, so there is nobody to tell.' });
  }
  if (stated?.channel === 'WECHAT') {
    return refuse({ code: 'STATED_OPENID', field: ['channel'], message: 'WeChat is bound by bindWeChat.' });
  }
  if (stated && !isAddress(stated)) {
    return refuse({ code: 'INVALID_ADDRESS', field: ['address'], message: 'The channel has no such address.' });
  }
  return { ok: true, value: stated };
}
