import type { Browser } from 'playwright-core';

/** EXIF with nothing but its name: an APP1 segment (Exif 2.32, 4.7.2). */
const EXIF = Buffer.concat([Buffer.from([0xff, 0xe1, 0, 0x0e]), Buffer.from('Exif\0\0II*\0\0\0', 'latin1')]);

/** Draws blocks of many sizes, which compress like a text on paper. The sequence is the same in each run. */
const DRAW = `(() => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 4000, height: 3000 });
  const context = canvas.getContext('2d');
  let seed = 1;
  const next = (below) => (seed = (seed * 48271) % 2147483647) % below;
  for (let i = 0; i < 60000; i++) {
    context.fillStyle = 'rgb(' + [next(256), next(256), next(256)] + ')';
    context.fillRect(next(4000), next(3000), 4 + next(60), 4 + next(60));
  }
  return canvas.toDataURL('image/jpeg', 0.95).split(',')[1];
})()`;

/** Returns a photo as a phone takes it: 12 megapixels of many colours, several megabytes, with EXIF. */
export async function photoOfAPhone(browser: Browser): Promise<Buffer> {
  const page = await browser.newPage();
  const base64 = String(await page.evaluate(DRAW));
  await page.close();
  const jpeg = Buffer.from(base64, 'base64');
  return Buffer.concat([jpeg.subarray(0, 2), EXIF, jpeg.subarray(2)]);
}
