import { configure } from '../../../src/config.ts';
import { localConfig } from '../../../src/handlers/local-mode.ts';

test('a handler starts in local mode, and nowhere else', async () => {
  configure({ mode: 'local' });
  expect(localConfig().mode).toBe('local');
  configure({ mode: 'aws' });
  expect(localConfig).toThrow(
    expect.objectContaining({ code: 'CONFIGURATION', message: expect.stringContaining('in local mode only') }),
  );
});

test.each(['gateway', 'case-holder', 'parks', 'enterprises', 'talent', 'linkages'])(
  'the handler %s refuses to load in AWS',
  async (name) => {
    configure({ mode: 'aws' });
    await expect(import(`../../../src/handlers/${name}.ts`)).rejects.toMatchObject({ code: 'CONFIGURATION' });
  },
);
