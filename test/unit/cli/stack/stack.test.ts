import { readFileSync } from 'node:fs';
import {
  masterKeyIdOf,
  masterKeysText,
  readZones,
  withZone,
  zonesText,
} from '../../../../src/cli/stack/master-keys.ts';
import { takeStack } from '../../../../src/cli/stack/option.ts';
import { VARIABLE_OF_OUTPUT, variablesOf } from '../../../../src/cli/stack/outputs.ts';
import { readConfig } from '../../../../src/config.ts';

const OUTPUTS = Object.keys(VARIABLE_OF_OUTPUT).map((OutputKey) => ({
  OutputKey,
  OutputValue: { Stage: 'prod', MasterKeys: '{"zone_teda":"arn:key"}' }[OutputKey] ?? `the ${OutputKey}`,
}));

test('commands read the settings of a stack from its outputs', () => {
  const settings = readConfig(variablesOf('bridgehead-prod', OUTPUTS));
  expect(settings).toMatchObject({
    mode: 'aws',
    stage: 'prod',
    masterKeys: { zone_teda: 'arn:key' },
    erasureFunction: 'the ErasureFunctionName',
  });
  expect(Object.values(settings.tables)).toEqual(
    ['Parks', 'Enterprises', 'Talent', 'Linkages', 'Credentials', 'PersonKeys'].map((name) => `the ${name}TableName`),
  );
});

test('a stack of another version is refused by the outputs that it lacks', () => {
  expect(() => variablesOf('old', OUTPUTS.slice(1))).toThrow('The stack old has no output Stage: deploy this version.');
});

test.each([
  [['verify', '--stack', 'one', '--person', 'x'], 'one', ['verify', '--person', 'x']],
  [['--stack=one'], 'one', []],
  [['verify'], undefined, ['verify']],
])('takes the stack out of %j', (line, stack, left) => {
  expect(takeStack(line)).toBe(stack);
  expect(line).toEqual(left);
});

test.each([[['--stack']], [['--stack=']], [['--stack', '--person']]])('refuses %j', (line) => {
  expect(() => takeStack(line)).toThrow('--stack needs the name of a stack.');
});

test('the committed keys follow from the list of zones', () => {
  expect(readFileSync('infra/master-keys.yml', 'utf8')).toBe(masterKeysText(readZones()));
  expect(readFileSync('infra/zones.yml', 'utf8')).toBe(zonesText(readZones()));
});

test('an eighth zone gets a key of its own', () => {
  const zones = withZone(readZones(), 'zone_ninghe-new-town');
  expect(zones).toHaveLength(8);
  expect(masterKeyIdOf('zone_ninghe-new-town')).toBe('NingheNewTownMasterKey');
  expect(masterKeysText(zones)).toContain(`"zone_ninghe-new-town": "\${NingheNewTownMasterKey.Arn}"`);
});

test.each([
  ['park_teda', 'is no id of a zone'],
  ['zone_teda', 'has a key already'],
])('refuses %s', (zone, why) => {
  expect(() => withZone(readZones(), zone)).toThrow(why);
});

test('refuses a zone whose key would have the name of another one', () => {
  expect(() => withZone(['zone_a-1'], 'zone_a1')).toThrow("would have the name of zone_a-1's");
});
