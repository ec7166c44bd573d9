import { type ConstDirectiveNode, type ConstValueNode, type DocumentNode, Kind, valueFromASTUntyped } from 'graphql';
import { CodedError } from '../errors.ts';

/** A feature that a supergraph links, and the names that its elements have there. */
export interface Feature {
  /** Where the feature is specified, without its name and version, e.g. `https://specs.apollo.dev`. */
  readonly origin: string;
  readonly name: string;
  /** `v0.5`, or empty where the URL has none. */
  readonly version: string;
  readonly purpose: string | undefined;
  /** The default prefix of its elements' names: `join` for `@join__type` and `join__Graph`. */
  readonly namespace: string;
  /** From the specification's name to the name used here, `@` kept: `@tag` → `@label`. */
  readonly imports: ReadonlyMap<string, string>;
}

/**
 * Returns the features that a schema links, read from the `@link`s on its `schema` definition (link v1.0), whatever `@link`
 * itself is called there.
 */
export function linkedFeatures(document: DocumentNode): Feature[] {
  const applied = document.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? (definition.directives ?? [])
      : [],
  );
  const bootstrap = applied.map(readLink).find((link) => link?.name === 'link' && link.version === 'v1.0');
  if (!bootstrap) {
    throw new CodedError('CONFIGURATION', 'The supergraph does not link https://specs.apollo.dev/link/v1.0.');
  }
  const linkName = directiveName(bootstrap, 'link');
  return applied.filter((directive) => directive.name.value === linkName).flatMap((d) => readLink(d) ?? []);
}

/** Returns the name of a feature's directive in this schema: imported, renamed, its own name, or `namespace__name`. */
export function directiveName(feature: Feature, name: string): string {
  const imported = feature.imports.get(`@${name}`);
  if (imported) return imported.slice(1);
  return name === feature.name ? feature.namespace : `${feature.namespace}__${name}`;
}

/** Returns whether a directive of this name is the feature's. */
export function ownsDirective(feature: Feature, name: string): boolean {
  return (
    name === feature.namespace ||
    name.startsWith(`${feature.namespace}__`) ||
    [...feature.imports.values()].includes(`@${name}`)
  );
}

/** Returns whether a type of this name is the feature's. */
export function ownsType(feature: Feature, name: string): boolean {
  return name.startsWith(`${feature.namespace}__`) || [...feature.imports.values()].includes(name);
}

/** Returns an argument of an applied directive as a plain value; undefined where it isn't given. */
export function argumentOf(directive: ConstDirectiveNode, name: string): unknown {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value && valueFromASTUntyped(value);
}

function readLink(directive: ConstDirectiveNode): Feature | undefined {
  const url = argumentOf(directive, 'url');
  if (typeof url !== 'string') return undefined;
  const segments = url.replace(/\/+$/, '').split('/');
  const version = /^v\d+\.\d+$/.test(segments.at(-1) ?? '') ? (segments.pop() ?? '') : '';
  const name = segments.pop() ?? '';
  const alias = argumentOf(directive, 'as');
  const purpose = argumentOf(directive, 'for');
  return {
    origin: segments.join('/'),
    name,
    version,
    purpose: typeof purpose === 'string' ? purpose : undefined,
    namespace: typeof alias === 'string' ? alias : name,
    imports: readImports(directive.arguments?.find((argument) => argument.name.value === 'import')?.value),
  };
}

function readImports(node: ConstValueNode | undefined): Map<string, string> {
  const imports = new Map<string, string>();
  if (node?.kind !== Kind.LIST) return imports;
  for (const value of node.values.map((item) => valueFromASTUntyped(item))) {
    if (typeof value === 'string') imports.set(value, value);
    else if (isRenaming(value)) imports.set(value.name, value.as ?? value.name);
  }
  return imports;
}

function isRenaming(value: unknown): value is { name: string; as?: string } {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';
}

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
