/** Loaded by itself, so that a gateway that signs no tokens doesn't load the library that signs them. */
export { createServiceToken, serviceKeySet } from '@bridgehead/federation';
