/** Detects the media type of a file from its first bytes, whatever the client states. */

/** Accepted media types: the formats of phone cameras and scanners. */
export const MEDIA_TYPES = ['application/pdf', 'image/jpeg', 'image/png'] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

/** Length of a file's beginning that decides its type, in bytes. */
export const SIGNATURE_BYTES = 32;

/** The signature, and the head of the first chunk: IHDR, 13 bytes long (ISO 15948, 5.2 and 5.6). */
const PNG = '\x89PNG\r\n\x1a\n\0\0\0\rIHDR';

const BEGINS: readonly (readonly [MediaType, (text: string) => boolean])[] = [
  // With its version (ISO 32000-2, 7.5.2).
  ['application/pdf', (text) => /^%PDF-[12]\.\d/.test(text)],
  // SOI and another marker (ISO 10918-1, B.1.1.3).
  ['image/jpeg', (text) => /^\xff\xd8\xff[\xc0-\xfe]/.test(text)],
  ['image/png', (text) => text.startsWith(PNG)],
];

/**
 * Returns the media type of a file; null for a type that isn't accepted, or a signature that isn't at the beginning.
 */
export function mediaTypeOf(beginning: Uint8Array): MediaType | null {
  const text = String.fromCharCode(...beginning.subarray(0, SIGNATURE_BYTES));
  return BEGINS.find(([, begins]) => begins(text))?.[0] ?? null;
}
