import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { CodedError } from '../errors.ts';
import { readService } from '../local/service.ts';
import { archivePackages } from './packaging/archive-packages.ts';
import { bundleAll } from './packaging/bundle.ts';
import { parseOptions } from './parse-options.ts';
import { runCommand } from './refusals.ts';

const USAGE = `npm run sbom

Writes dist/sbom.cdx.json, a bill of materials (CycloneDX) of the functions' archives: each package whose code is in one,
with its version, hash, licence and functions. The pages' packages are those that src/pages depends on. Ends with 1 where
a licence doesn't allow to pass the archives on: src/cli/sbom.ts lists those that do.`;

const ROOT = join(import.meta.dirname, '../..');
const FILE = 'dist/sbom.cdx.json';

/** Licences that allow to pass on the archives with a notice. */
const ALLOWED: ReadonlySet<string> = new Set([
  'MIT',
  'MIT-0',
  'Apache-2.0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  'Python-2.0',
  'PSF-2.0',
  '(MIT OR Apache-2.0)',
  '(MPL-2.0 OR Apache-2.0)',
]);

const component = z.looseObject({
  'bom-ref': z.string(),
  group: z.string().optional(),
  name: z.string(),
  version: z.string().optional(),
  licenses: z
    .array(z.union([z.object({ license: z.object({ id: z.string() }) }), z.object({ expression: z.string() })]))
    .optional(),
});
type Component = z.infer<typeof component>;
const bill = z.looseObject({
  components: z.array(component),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()).default([]) })),
});

/** Returns npm's own bill of materials of everything that the lock file names. */
function wholeBill(): z.infer<typeof bill> {
  const { stdout, stderr, status } = spawnSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new CodedError('CONFIGURATION', `npm sbom failed: ${stderr}`);
  return bill.parse(JSON.parse(stdout));
}

const nameOf = ({ group, name, version }: Pick<Component, 'group' | 'name' | 'version'>) =>
  `${group && !name.startsWith('@') ? `${group}/` : ''}${name}@${version}`;

/** Returns the packages of the pages: those that their sources import, and all that these depend on. */
function packagesOfPages({ components, dependencies }: z.infer<typeof bill>): Set<string> {
  const folder = join(ROOT, 'src/pages');
  // The files beside the pages' own folders build them.
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\/.*\.tsx?$/.test(file));
  const imported = new Set(
    sources.flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/from '((?:@[\w-]+\/)?[\w-]+)/g)].map(([, name]) => name),
    ),
  );
  const onward = new Map(dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const reached = new Set<string>();
  const follow = (ref: string) => {
    if (reached.has(ref)) return;
    reached.add(ref);
    for (const next of onward.get(ref) ?? []) follow(next);
  };
  for (const each of components) if (imported.has(nameOf(each).replace(/@[^@]*$/, ''))) follow(each['bom-ref']);
  return new Set(components.filter((each) => reached.has(each['bom-ref'])).map(nameOf));
}

function licencesOf({ licenses = [] }: Component): string[] {
  return licenses.map((each) => ('license' in each ? each.license.id : each.expression));
}

await runCommand(async () => {
  parseOptions(USAGE, {});
  const functions = readService(join(ROOT, 'serverless.yml'));
  const bundles = await bundleAll(
    ROOT,
    functions.map(({ handler }) => handler.replace(/\.\w+$/, '.ts')),
  );
  const archived = archivePackages(
    ROOT,
    functions.map(({ name }, index) => [name, bundles[index]?.inputs ?? []]),
  );
  const whole = wholeBill();
  const inPages = packagesOfPages(whole);
  const functionsOf = new Map(archived.map(({ name, version, functions: of }) => [`${name}@${version}`, of]));
  for (const name of inPages) functionsOf.set(name, [...new Set([...(functionsOf.get(name) ?? []), 'pages'])]);
  const components = whole.components.flatMap((each) => {
    const of = functionsOf.get(nameOf(each));
    return of ? [{ ...each, properties: [{ name: 'bridgehead:functions', value: of.join(',') }] }] : [];
  });
  const named = new Set(components.map(nameOf));
  const missing = archived.map(({ name, version }) => `${name}@${version}`).filter((name) => !named.has(name));
  if (missing.length > 0) throw new CodedError('CONFIGURATION', `The lock file lacks ${missing.join(', ')}.`);
  const refs = new Set(components.map((each) => each['bom-ref']));
  const dependencies = whole.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map((each) => ({ ...each, dependsOn: each.dependsOn.filter((ref) => refs.has(ref)) }));
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  writeFileSync(join(ROOT, FILE), `${JSON.stringify({ ...whole, components, dependencies }, null, 2)}\n`);
  const byLicence = Map.groupBy(components, (each) => licencesOf(each).join(' and ') || 'none stated');
  console.log(`${components.length} packages: ${FILE}`);
  for (const [licence, of] of byLicence) console.log(`${String(of.length).padStart(5)}  ${licence}`);
  const refused = components.filter((each) => {
    const licences = licencesOf(each);
    return licences.length === 0 || licences.some((licence) => !ALLOWED.has(licence));
  });
  if (refused.length === 0) return;
  throw new CodedError('CONFIGURATION', `Look at the licences of ${refused.map(nameOf).join(', ')}.`);
});
