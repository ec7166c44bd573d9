import workerUrl from './push-worker.js?url';

/** The browser's factory of trusted addresses (Trusted Types), where it has one. */
interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

/** The one address of a script that the page's policy lets it name. */
let workerAddress: string | undefined;

function trustedWorker(): string {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: PolicyFactory };
  workerAddress ??= trustedTypes
    ? trustedTypes.createPolicy('push', { createScriptURL: () => workerUrl }).createScriptURL('')
    : workerUrl;
  return workerAddress;
}

/**
 * Asks the person, and subscribes this browser to its push service.
 * @returns the subscription as JSON; null where the person or the browser refuses
 */
export async function subscribe(key: string): Promise<string | null> {
  try {
    if ((await Notification.requestPermission()) !== 'granted') return null;
    const registration = await navigator.serviceWorker.register(trustedWorker());
    await untilActive(registration);
    const options = { userVisibleOnly: true, applicationServerKey: key };
    return JSON.stringify(await registration.pushManager.subscribe(options));
  } catch {
    return null;
  }
}

function untilActive({ active, installing, waiting }: ServiceWorkerRegistration): Promise<void> {
  const worker = installing ?? waiting;
  if (active || !worker) return Promise.resolve();
  return new Promise((done) => {
    worker.addEventListener('statechange', () => worker.state === 'activated' && done());
  });
}
