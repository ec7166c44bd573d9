import type { MediaType } from '../../domain/documents/media-type.ts';

/** A file as it is sent. */
export interface PreparedFile {
  readonly content: Blob;
  readonly mediaType: MediaType;
  readonly name: string;
  /** Hexadecimal, lower case. */
  readonly sha256: string;
}

export type Prepared =
  | { readonly kind: 'READY'; readonly file: PreparedFile }
  /** Neither a photo that this browser can read nor a PDF. */
  | { readonly kind: 'UNREADABLE' }
  | { readonly kind: 'TOO_LARGE' };

/** Limit of a sent photo. */
export const MAX_PHOTO_BYTES = 500_000;
/** A photo's longest side is shrunk to the first of these that fits the limit, in pixels. It is never enlarged. */
const LONGEST_SIDES = [2560, 2048, 1600] as const;
const QUALITIES = [0.85, 0.7, 0.55, 0.4, 0.25, 0.1] as const;
/** Default limit of a document's file, as the gateway has it. */
const MAX_PDF_BYTES = 10_000_000;
const MAX_NAME_CHARACTERS = 255;

/**
 * Prepares a chosen file. A photo is drawn anew as JPEG, which shrinks it and leaves out EXIF with its place and device.
 * A PDF stays as it is. The hash is that of the sent bytes.
 */
export async function prepareFile(chosen: File): Promise<Prepared> {
  if (await isPdf(chosen)) {
    if (chosen.size > MAX_PDF_BYTES) return { kind: 'TOO_LARGE' };
    return { kind: 'READY', file: await hashed(chosen, 'application/pdf', sentName(chosen.name, null)) };
  }
  const content = await shrunk(chosen);
  if (!content) return { kind: 'UNREADABLE' };
  if (content.size > MAX_PHOTO_BYTES) return { kind: 'TOO_LARGE' };
  return { kind: 'READY', file: await hashed(content, 'image/jpeg', sentName(chosen.name, '.jpg')) };
}

async function isPdf(file: File): Promise<boolean> {
  return (await file.slice(0, 5).text()) === '%PDF-';
}

/** Returns the photo as JPEG within the limit if it can be; null if the browser can't read it. */
async function shrunk(file: File): Promise<Blob | null> {
  const image = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null);
  if (!image) return null;
  const longest = Math.max(image.width, image.height);
  const sides = [...new Set(LONGEST_SIDES.map((side) => Math.min(side, longest)))];
  let smallest: Blob | null = null;
  for (const side of sides) {
    const canvas = drawn(image, side / longest);
    // Good quality at a smaller size reads better than bad quality at a large one, down to the smallest size.
    for (const quality of side === sides.at(-1) ? QUALITIES : QUALITIES.slice(0, 2)) {
      smallest = await jpegOf(canvas, quality);
      if (!smallest || smallest.size <= MAX_PHOTO_BYTES) {
        image.close();
        return smallest;
      }
    }
  }
  image.close();
  return smallest;
}

function drawn(image: ImageBitmap, scale: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser draws no pictures');
  // JPEG has no transparency: what is clear in a PNG is paper.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

const jpegOf = (canvas: HTMLCanvasElement, quality: number) =>
  new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));

async function hashed(content: Blob, mediaType: MediaType, name: string): Promise<PreparedFile> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await content.arrayBuffer()));
  const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return { content, mediaType, name, sha256 };
}

/**
 * Returns a name that the gateway accepts: without slashes and control characters, and not too long.
 * @param ending the ending that replaces the file's own; null to leave it
 */
export function sentName(name: string, ending: string | null): string {
  const clean = name.replaceAll(/[\p{Cc}/\\]/gu, '-');
  const stem = ending === null ? clean : clean.replace(/\.[^.]*$/, '');
  return [...(stem || 'photo')].slice(0, MAX_NAME_CHARACTERS - (ending?.length ?? 0)).join('') + (ending ?? '');
}
