import { decideEnterpriseRow } from '../../../domain/imports/enterprise-import.ts';
import { decideImport, type ImportFrame } from '../../../domain/imports/imported-enterprise.ts';
import type { Decision } from '../../../domain/refusal.ts';

import {
  changedItem,
  type EnterpriseWrite,
  type LoadedEnterprise,
} from '../../../storage/enterprises/register/change-writes.ts';
import { once, onceRequest } from '../../../subgraph/once.ts';
import { userErrors } from '../../../subgraph/user-errors.ts';
import type { MutationResolvers, RegisterEnterpriseInput } from '../generated/types.ts';
import { IMPORT_CODES, refusePark } from '../imports/import-enterprises.ts';
import { type RowRefusal, recordOf } from '../imports/import-rows.ts';

type RegistrationRefusal = RowRefusal | 'REGISTERED_ALREADY';

/** Registers one enterprise, as a row of an import does, but changes no registered one. */
export const registerEnterprise: NonNullable<MutationResolvers['registerEnterprise']> = async (
  _,
  { input },
  context,
) => {
  const { store, viewer, request } = context;
  const call = onceRequest('registerEnterprise', input, request.now);
  const { park, refusals } = await refusePark(input.park, context);
  if (!park) return { enterprise: null, userErrors: userErrors(refusals, CODES) };
  const frame: ImportFrame = {
    parkId: park.parkId,
    zoneId: park.zoneId,
    residentFrom: input.residentFrom,
    isByAdministrator: viewer.kind === 'admin',
  };
  const decision = await once(call, {
    load: () => store.imports.loadOnce(call, input.uscc.trim().toUpperCase()),
    decide: (loaded) => decide(input, loaded, frame, request.now),
    commit: (write) => store.imports.commitOnce(call, write),
    again: (answer) => store.register.answered(answer),
    done: ({ after }) => changedItem(after, request.now),
  });
  if (decision.ok) return { enterprise: decision.value, userErrors: [] };
  return { enterprise: null, userErrors: userErrors(decision.refusals, CODES) };
};

function decide(
  { staffCount, ...input }: RegisterEnterpriseInput,
  before: LoadedEnterprise,
  frame: ImportFrame,
  now: Date,
): Decision<EnterpriseWrite, RegistrationRefusal> {
  const { uscc, nameZh, nameJa, nameEn, industryCode, sector, sizeClass } = input;
  const names = { nameZh, ...(nameJa == null ? {} : { nameJa }), ...(nameEn == null ? {} : { nameEn }) };
  const row = decideEnterpriseRow({ uscc, ...names, industryCode, sector, sizeClass, staffCount: `${staffCount}` });
  if (!row.ok) return row;
  const { enterprise, reporting } = before;
  const taken: Decision<never, RegistrationRefusal> = {
    ok: false,
    refusals: [{ code: 'REGISTERED_ALREADY', field: ['uscc'], message: 'There is an enterprise with this code.' }],
  };
  if (enterprise && enterprise.registration !== 'VOID') return taken;
  const decision = decideImport(enterprise, row.value, frame, reporting?.lastDay ?? null);
  if (!decision.ok) return decision;
  if (!decision.value) return taken;
  const { after, event } = decision.value;
  return { ok: true, value: { before, after: recordOf(enterprise, after, now), event } };
}

const CODES = { ...IMPORT_CODES, REGISTERED_ALREADY: 'ALREADY_EXISTS' } as const;
