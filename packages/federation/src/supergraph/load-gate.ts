import { CodedError } from '../errors.ts';
import type { Feature } from './features.ts';

/** Features with a purpose that this gateway enforces or executes, and of which versions; any other would fail open. */
const IMPLEMENTED: Readonly<Record<string, RegExp>> = {
  'https://specs.apollo.dev/join': /^v0\.\d+$/,
  'https://specs.apollo.dev/context': /^v0\.1$/,
  'https://specs.apollo.dev/inaccessible': /^v0\.\d+$/,
  'https://specs.apollo.dev/authenticated': /^v0\.1$/,
  'https://specs.apollo.dev/requiresScopes': /^v0\.1$/,
  'https://specs.apollo.dev/policy': /^v0\.1$/,
};

/** Throws CONFIGURATION where the supergraph links a feature for SECURITY or EXECUTION that isn't implemented. */
export function refuseUnknownFeatures(features: readonly Feature[]): void {
  const unknown = features.filter(
    ({ purpose, origin, name, version }) => purpose !== undefined && !IMPLEMENTED[`${origin}/${name}`]?.test(version),
  );
  if (unknown.length > 0) {
    const list = unknown.map(({ origin, name, version, purpose }) => `${origin}/${name}/${version} (${purpose})`);
    throw new CodedError(
      'CONFIGURATION',
      `The supergraph links features that this gateway does not implement and may not ignore: ${list.join(', ')}.`,
    );
  }
}
