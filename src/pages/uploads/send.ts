/** The place that a file is sent to. */
export interface UploadAddress {
  readonly url: string;
  readonly method: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly expiresAt: string;
}

export type Sent = 'SENT' | 'BROKEN' | 'REFUSED';

/** How long a send may stand still before it counts as broken. */
const STALLED_MS = 20_000;

/**
 * Sends a file by one request. `fetch` tells no progress of what it sends, so this is an XMLHttpRequest.
 * @param onProgress called with the sent fraction, from 0 to 1
 * @returns `REFUSED` where the store accepts nothing at this address, as when it has expired
 */
export function sendFile(
  content: Blob,
  address: UploadAddress,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<Sent> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const done = (sent: Sent) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      resolve(sent);
    };
    const stop = () => request.abort();
    const watch = () => {
      clearTimeout(timer);
      timer = setTimeout(stop, STALLED_MS);
    };
    request.open(address.method, address.url);
    for (const { name, value } of address.headers) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      watch();
      onProgress(total > 0 ? loaded / total : 0);
    });
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) done('SENT');
      else done(request.status >= 400 && request.status < 500 ? 'REFUSED' : 'BROKEN');
    });
    for (const event of ['error', 'abort'] as const) request.addEventListener(event, () => done('BROKEN'));
    signal.addEventListener('abort', stop, { once: true });
    watch();
    request.send(content);
  });
}
