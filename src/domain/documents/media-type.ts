/** What a file is by its own first bytes, whatever its sender calls it. */

/** What is taken in: what a phone's camera and a scanner make. */
export const MEDIA_TYPES = ['application/pdf', 'image/jpeg', 'image/png'] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

/** As many bytes of a file's beginning tell its type. */
export const TELLING_BYTES = 32;

/** The signature, and the first chunk: IHDR, of 13 bytes (ISO 15948, 5.2 and 5.6). */
const PNG = '\x89PNG\r\n\x1a\n\0\0\0\rIHDR';

const BEGINS: readonly (readonly [MediaType, (text: string) => boolean])[] = [
  // With its version (ISO 32000-2, 7.5.2).
  ['application/pdf', (text) => /^%PDF-[12]\.\d/.test(text)],
  // With SOI and another marker (ISO 10918-1, B.1.1.3).
  ['image/jpeg', (text) => /^\xff\xd8\xff[\xc0-\xfe]/.test(text)],
  ['image/png', (text) => text.startsWith(PNG)],
];

/** Null for what is none of those that are taken in, and for one that something else stands before. */
export function mediaTypeOf(beginning: Uint8Array): MediaType | null {
  const text = String.fromCharCode(...beginning.subarray(0, TELLING_BYTES));
  return BEGINS.find(([, begins]) => begins(text))?.[0] ?? null;
}
