import { GetRolePolicyCommand, IAMClient, ListRolePoliciesCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { z } from 'zod';
import type { Emulator } from './emulator.ts';
import { clientOf, type Stack } from './stack.ts';

const actions = z.preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(z.string()));
const policy = z.looseObject({ Statement: z.array(z.looseObject({ Action: actions })) });

export interface Right {
  readonly role: string;
  readonly statement: number;
  readonly action: string;
}

/** Lists each action of each statement of a role, without those on logs. */
export async function rightsOf(emulator: Emulator, stack: Stack, role: string): Promise<Right[]> {
  const client = new IAMClient(clientOf(emulator));
  const { document } = await readPolicy(client, stack, role);
  client.destroy();
  return document.Statement.flatMap(({ Action }, statement) =>
    Action.filter((action) => !action.startsWith('logs:')).map((action) => ({ role, statement, action })),
  );
}

/** Does something while a role lacks an action in all of its statements, or in one. The right is given back in any case. */
export async function without<T>(
  emulator: Emulator,
  stack: Stack,
  { role, statement, action }: Omit<Right, 'statement'> & { readonly statement?: number },
  work: () => Promise<T>,
): Promise<T> {
  const client = new IAMClient(clientOf(emulator));
  const { name, document } = await readPolicy(client, stack, role);
  const write = (written: object) =>
    client.send(
      new PutRolePolicyCommand({
        RoleName: stack.resources.get(role),
        PolicyName: name,
        PolicyDocument: JSON.stringify(written),
      }),
    );
  const Statement = document.Statement.flatMap((each, at) => {
    if (statement !== undefined && at !== statement) return [each];
    const Action = each.Action.filter((given) => given !== action);
    return Action.length > 0 ? [{ ...each, Action }] : [];
  });
  try {
    await write({ ...document, Statement });
    return await work();
  } finally {
    await write(document);
    client.destroy();
  }
}

/** Roles with a right that holds in an encryption context only. The emulator knows no contexts, and would refuse it whole. */
const IN_A_CONTEXT = ['DeliverOutboxRole', 'SweepOutboxRole'];

/** Lifts the conditions on encryption contexts. */
export async function liftContexts(emulator: Emulator, stack: Stack): Promise<void> {
  const client = new IAMClient(clientOf(emulator));
  for (const role of IN_A_CONTEXT) {
    const { name, document } = await readPolicy(client, stack, role);
    const Statement = document.Statement.map(({ Condition, ...rest }) =>
      JSON.stringify(Condition ?? {}).includes('kms:EncryptionContext')
        ? rest
        : { ...rest, ...(Condition ? { Condition } : {}) },
    );
    await client.send(
      new PutRolePolicyCommand({
        RoleName: stack.resources.get(role),
        PolicyName: name,
        PolicyDocument: JSON.stringify({ ...document, Statement }),
      }),
    );
  }
  client.destroy();
}

async function readPolicy(client: IAMClient, stack: Stack, role: string) {
  const RoleName = stack.resources.get(role);
  const { PolicyNames = [] } = await client.send(new ListRolePoliciesCommand({ RoleName }));
  const [name = ''] = PolicyNames;
  const { PolicyDocument = '' } = await client.send(new GetRolePolicyCommand({ RoleName, PolicyName: name }));
  return { name, document: policy.parse(JSON.parse(decodeURIComponent(PolicyDocument))) };
}
