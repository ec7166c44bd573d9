import { type Api, officer } from './api.ts';
import { openCase, stateOf, upload } from './case.ts';
import type { Emulator } from './emulator.ts';
import { invoke, SCHEDULED } from './functions.ts';
import { type Right, rightsOf, without } from './rights.ts';
import type { Stack } from './stack.ts';
import { expectEqual, step } from './steps.ts';

/** Effects of a role's rights that a caller notices: `works` is true while all is as it should be. */
interface Probe {
  readonly role: string;
  readonly works: () => Promise<boolean>;
}

/** Names a probe by what works. */
function probesOf(emulator: Emulator, stack: Stack, api: Api): Readonly<Record<string, Probe>> {
  let opened: ReturnType<typeof openCase> | undefined;
  const aCase = () => {
    opened ??= openCase(api);
    return opened;
  };
  const settled = (work: () => Promise<boolean>) => () => work().catch(() => false);
  const PARK = '{ park(id: "park_binhai-zhongguancun") { id code } }';
  return {
    'an applicant reads a case': {
      role: 'GatewayRole',
      works: settled(async () => (await stateOf(api, (await aCase()).id)) !== undefined),
    },
    'an officer reads the park': {
      role: 'GatewayRole',
      works: settled(async () => (await api.answer(PARK, {}, officer('REVIEW'))).data?.park?.code !== undefined),
    },
    'an applicant opens a case': {
      role: 'TalentRole',
      works: settled(async () => (await openCase(api)) !== undefined),
    },
    'an applicant sends a document': {
      role: 'TalentRole',
      works: settled(async () => (await upload(api, (await aCase()).id)).status === 200),
    },
    ...Object.fromEntries(
      SCHEDULED.map((name) => [
        `the schedule of ${name} runs`,
        { role: `${name}Role`, works: async () => (await invoke(emulator, stack, name)) === undefined },
      ]),
    ),
  };
}

/** The controls: what must fail while a right is gone, and work with it. */
const CONTROLS: readonly (readonly [probe: string, action: string])[] = [
  ['an applicant reads a case', 'lambda:InvokeFunction'],
  ['an applicant opens a case', 'dynamodb:PutItem'],
  ['an applicant sends a document', 's3:PutObject'],
  ['the schedule of SweepOutbox runs', 'dynamodb:Query'],
  ['the schedule of AccessLogSeal runs', 'dynamodb:GetItem'],
  ['the schedule of Deadlines runs', 'dynamodb:Query'],
];

/** Takes away the right of each control, in all statements of the role. */
export async function tryControls(emulator: Emulator, stack: Stack, api: Api): Promise<void> {
  const probes = probesOf(emulator, stack, api);
  for (const [name, action] of CONTROLS) {
    await step(`without ${action}: no longer ${name}`, async () => {
      const { role, works } = probes[name] as Probe;
      expectEqual(await works(), true);
      expectEqual(await without(emulator, stack, { role, action }, works), false);
    });
  }
}

/** Takes away each right of the probed roles, one action of one statement at a time, and prints what the probes notice. */
export async function tryAllRights(emulator: Emulator, stack: Stack, api: Api): Promise<void> {
  const probes = Object.values(probesOf(emulator, stack, api));
  const unnoticed: Right[] = [];
  let tried = 0;
  for (const role of new Set(probes.map((probe) => probe.role))) {
    const ofRole = probes.filter((probe) => probe.role === role);
    for (const right of await rightsOf(emulator, stack, role)) {
      const works = await without(emulator, stack, right, async () => {
        for (const probe of ofRole) if (!(await probe.works())) return false;
        return true;
      });
      tried += 1;
      console.log(`  ${works ? 'unnoticed' : 'denied   '} ${role} ${right.statement} ${right.action}`);
      if (works) unnoticed.push(right);
    }
  }
  console.log(`${tried} rights were taken away, one at a time; the probes noticed ${tried - unnoticed.length}.`);
}
