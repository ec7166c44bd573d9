export { type Answer, type Client, type ClientOptions, createClient, type Fetch, type FetchAnswer } from './client.ts';
export type { TrustedDocument } from './document.ts';
export type { Fault, GatewayError, Retry } from './fault.ts';
export * from './generated/documents.ts';
export { type FileToSupply, type Supplied, supplyFile } from './supply.ts';
