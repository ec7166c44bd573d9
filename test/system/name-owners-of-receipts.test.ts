import type { StoreName } from '../../src/config.ts';
import type { CaseSecretItem } from '../../src/storage/credentials/items.ts';
import { ScanCommand } from '../../src/storage/dynamodb/client/dynamo.ts';
import type { CaseItem } from '../../src/storage/talent/items.ts';
import { startUpgradedSystem } from '../data-versions.ts';

/** Version 4 kept secrets of receipts without whose case they open. */

test('adds to each secret the applicant of its case', async () => {
  const system = await startUpgradedSystem();
  const itemsOf = async <Item>(store: StoreName, type: string): Promise<Item[]> => {
    const { name, dynamo } = system.table(store);
    const { Items = [] } = await dynamo.send(new ScanCommand({ TableName: name }));
    return Items.filter((item) => item.type === type) as Item[];
  };
  const cases = await itemsOf<CaseItem>('talent', 'TalentCase');
  const applicants = new Map(cases.map(({ id, applicantId }) => [id, applicantId]));
  const secrets = await itemsOf<CaseSecretItem>('credentials', 'CaseSecret');
  expect(secrets.length).toBeGreaterThan(10);
  expect(secrets.filter(({ caseId, applicantId }) => applicantId !== applicants.get(caseId))).toEqual([]);
  await system.stop();
});
