/** A sample firm of Beijing that both zones and its clerk move to Baodi. The park's 236 enterprises stay as they are. */
import { ask, clerkOf, officer, send, until } from './public-api.ts';

const USCC = '91110108DEM9000014';
const FROM = { zone: 'zone_zhongguancun', regionCode: '110108', code: 'sample-haidian', zh: '海淀示例园' };
const TO = { zone: 'zone_baodi', regionCode: '120115', code: 'sample-baodi', zh: '宝坻示例园' };

const PARK = 'query ($id: ID!) { park(id: $id) { id } }';
const FIRM = `query ($uscc: String!) { enterprise(uscc: $uscc) { id version registration move { state } } }`;
const RELOCATIONS = `query ($uscc: String!) { enterprise(uscc: $uscc) { id relocations { id version state } } }`;

/** Relocates the firm: each step that was done before is left out. */
export async function relocateFirm(): Promise<void> {
  const byZone = (zone: string, role: string) => officer(role, { person: `officer-of-${zone}`, zone });
  const [leaving, entering] = [await byZone(FROM.zone, 'PUBLISH'), await byZone(TO.zone, 'PUBLISH')];
  for (const [{ code, zone, regionCode, zh }, publisher] of [
    [FROM, leaving],
    [TO, entering],
  ] as const) {
    if ((await ask(PARK, { id: `park_${code}` }, publisher)).park) continue;
    await send('officer/PublishPark', { code, zone, regionCode, name: { zh } }, publisher);
  }
  const registrar = await byZone(FROM.zone, 'REGISTER');
  const firm = async (token: string) => (await ask(FIRM, { uscc: USCC }, token)).enterprise;
  await until('The firm is not registered', async () => (await firm(registrar)) ?? register(registrar));
  const { id, version, registration } = await firm(registrar);
  const clerk = await clerkOf(id);
  if (registration !== 'CONFIRMED') await send('clerk/ConfirmRegistration', { enterprise: id, version }, clerk);

  const relocations = async () => (await ask(RELOCATIONS, { uscc: USCC }, leaving)).enterprise.relocations;
  const facts = { ledBy: 'GOVERNMENT', listNumber: '示例2026-1', relieves: 'INDUSTRY' };
  const opening = { enterprise: id, toPark: `park_${TO.code}`, facts };
  const isOpened = () =>
    send('officer/OpenRelocation', opening, leaving).then(
      () => true,
      () => false,
    );
  await until('The relocation is not opened', async () => (await relocations()).length > 0 || isOpened());
  const [relocation] = await relocations();
  if (relocation.state === 'OPEN') {
    const seen = { relocation: relocation.id, version: relocation.version };
    await send('officer/ConfirmRelocation', seen, entering);
  }
  const moveIs = (state: string) => async () => (await firm(clerk)).move?.state === state;
  if (!(await moveIs('COMPLETED')())) {
    await until('The move is not arranged', moveIs('ARRANGED'));
    await send(
      'clerk/RequestMove',
      { enterprise: id, version: (await firm(clerk)).version, park: `park_${TO.code}`, keepsSites: false },
      clerk,
    );
  }
  await until('The relocation is not registered', async () => (await relocations())[0].state === 'REGISTERED');
  console.log('Relocations: a firm of Beijing has moved to Baodi.');
}

/** Registers the firm, once its park is known to the register. */
async function register(registrar: string): Promise<boolean> {
  const firm = { uscc: USCC, nameZh: '北京示例制造（示例）', nameEn: 'Beijing Sample Manufacturing (sample)' };
  const facts = { industryCode: 'C3599', sector: 'OTHER', sizeClass: 'SMALL', staffCount: 40 };
  const input = { park: `park_${FROM.code}`, residentFrom: '2020-01-01', ...firm, ...facts };
  return send('officer/RegisterEnterprise', input, registrar).then(
    () => true,
    () => false,
  );
}
