import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import * as z from 'zod';
import { isIdOf } from '../../domain/ids.ts';
import { CodedError } from '../../errors.ts';

const INFRA = join(import.meta.dirname, '../../../infra');
/** The list of zones that have a master key. */
export const ZONES_FILE = join(INFRA, 'zones.yml');
/** The part of the template that follows from the list. */
export const MASTER_KEYS_FILE = join(INFRA, 'master-keys.yml');

/** Returns the zones that have a master key in the stack. */
export function readZones(): readonly string[] {
  return z.array(z.string()).parse(parse(readFileSync(ZONES_FILE, 'utf8')));
}

/** Returns the logical id of a zone's master key: `BinhaiHitechMasterKey` of `zone_binhai-hitech`. */
export function masterKeyIdOf(zone: string): string {
  const words = zone.replace(/^zone_/, '').split('-');
  return `${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}MasterKey`;
}

/**
 * Returns the list with a further zone.
 * @throws CodedError CONFIGURATION for an invalid id, a listed zone, or one whose key would have another one's name
 */
export function withZone(zones: readonly string[], zone: string): readonly string[] {
  if (!isIdOf('zone', zone)) throw new CodedError('CONFIGURATION', `"${zone}" is no id of a zone, such as zone_teda.`);
  if (zones.includes(zone)) throw new CodedError('CONFIGURATION', `${zone} has a key already.`);
  const twin = zones.find((other) => masterKeyIdOf(other) === masterKeyIdOf(zone));
  if (twin !== undefined) throw new CodedError('CONFIGURATION', `The key of ${zone} would have the name of ${twin}'s.`);
  return [...zones, zone];
}

/** Returns the text of the list. */
export function zonesText(zones: readonly string[]): string {
  return `# The zones with a KMS key of their own, which wraps persons' keys and secrets of webhooks: npm run zones -- add ID.
${stringify(zones)}`;
}

/** Returns the text of `infra/master-keys.yml`: the keys, and the value of `MASTER_KEYS`, which names them by zone. */
export function masterKeysText(zones: readonly string[]): string {
  const names = zones.map((zone) => `"${zone}": "\${${masterKeyIdOf(zone)}.Arn}"`);
  const resources = Object.fromEntries(zones.map((zone) => [masterKeyIdOf(zone), masterKey()]));
  const made = { variable: { 'Fn::Sub': `{${names.join(', ')}}` }, resources: { Resources: resources } };
  return `# Written by \`npm run zones\` from infra/zones.yml: change that by the command.\n${stringify(made, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}

/** Returns the resource of one zone's key: zones have a key each, so that each can be withdrawn alone. */
function masterKey(): object {
  return {
    Type: 'AWS::KMS::Key',
    DeletionPolicy: `\${param:removal}`,
    UpdateReplacePolicy: `\${param:removal}`,
    Properties: {
      Description: 'Wraps the keys of the persons of one zone',
      EnableKeyRotation: true,
      KeyPolicy: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'RightsAreGivenByRoles',
            Effect: 'Allow',
            Principal: { AWS: { 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root` } },
            Action: 'kms:*',
            Resource: '*',
          },
        ],
      },
    },
  };
}
