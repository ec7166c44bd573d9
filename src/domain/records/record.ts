/** Rules that all published records share: zones, parks, policies, indicators and what belongs to them. */
import type { Localized } from '../locale.ts';
import type { Refusal } from '../refusal.ts';

export type RecordRefusalCode =
  | 'NOT_YOURS'
  | 'UNKNOWN_RECORD'
  | 'RECORD_EXISTS'
  | 'OTHER_VERSION'
  | 'UNKNOWN_REFERENCE'
  | 'INVALID_CODE'
  | 'INVALID_TEXT'
  | 'INVALID_VALUE'
  | 'KEPT'
  | 'QUOTA_USED';
export type RecordRefusal = Refusal<RecordRefusalCode>;

/** A record's version, which each publication adds 1 to. */
export interface Versioned {
  /** 1 for the first version. */
  readonly version: number;
}

/** Returns one refusal where a rule doesn't hold, and none where it does. */
export function unless(
  holds: boolean,
  code: RecordRefusalCode,
  field: readonly string[],
  message: string,
): RecordRefusal[] {
  return holds ? [] : [{ code, field, message }];
}

/** Refuses a caller who may not publish the record. */
export const refusePublisher = (isAllowed: boolean) =>
  unless(isAllowed, 'NOT_YOURS', [], 'Another administration answers for this record, or the role is missing.');

/**
 * Refuses a version that is based on another one than the current. A new record names no version.
 * @param seen the version that the publisher saw; null for a record that is to be new
 */
export function refuseVersion(seen: number | null, before: Versioned | null): RecordRefusal[] {
  const field = ['version'];
  if (!before)
    return unless(seen === null, 'UNKNOWN_RECORD', field, 'There is no such record yet: leave `version` out.');
  if (seen === null) {
    return unless(
      false,
      'RECORD_EXISTS',
      field,
      `The record exists in version ${before.version}: name it as \`version\`.`,
    );
  }
  return unless(seen === before.version, 'OTHER_VERSION', field, `The current version is ${before.version}.`);
}

/** A code stands in the record's id, so it has the form of a slug. */
const CODE = /^(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*$/;

export const refuseCode = (code: string, field: readonly string[] = ['code']) =>
  unless(CODE.test(code), 'INVALID_CODE', field, 'A code is 1 to 64 small letters, digits and single hyphens.');

/** Returns whether no earlier entry of a list has the id of this one. */
export function isUnique(list: readonly { readonly id: string }[], i: number): boolean {
  return list.findIndex(({ id }) => id === list[i]?.id) === i;
}

/** Characters of a name or a title at most. */
const MAX_NAME_CHARACTERS = 200;

/** Refuses a text that is empty in one of the three languages, or too long. */
export function refuseText(text: Localized, field: readonly string[], maxCharacters = MAX_NAME_CHARACTERS) {
  return (['zh', 'ja', 'en'] as const).flatMap((locale) => {
    const { length } = [...text[locale].trim()];
    return unless(
      length >= 1 && length <= maxCharacters,
      'INVALID_TEXT',
      [...field, locale],
      `A text has 1 to ${maxCharacters} characters in each language.`,
    );
  });
}

/** GB/T 2260: six digits, the first of which names a region of China. */
const REGION_CODE = /^[1-8]\d{5}$/;

export const refuseRegionCode = (regionCode: string) =>
  unless(REGION_CODE.test(regionCode), 'INVALID_VALUE', ['regionCode'], 'A region code is six digits of GB/T 2260.');
