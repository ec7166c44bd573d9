import fc from 'fast-check';
import { AGENCIES } from '../../../src/domain/cases/agency.ts';
import { grantsOf, SCOPES } from '../../../src/domain/grants.ts';
import { ANONYMOUS, OFFICER_ROLES, type Viewer, viewerKey } from '../../../src/domain/viewer.ts';
import { viewers } from '../../fixtures/viewers.ts';

/** A viewer without what may change while they stay the same. */
function lasting(viewer: Viewer): unknown {
  if (viewer.kind === 'officer') return { ...viewer, roles: [] };
  return viewer.kind === 'partner' ? { ...viewer, key: '' } : viewer;
}

test('two viewers have one key just when they are the same', () => {
  fc.assert(
    fc.property(viewers, viewers, (a, b) => {
      const same = JSON.stringify(lasting(a)) === JSON.stringify(lasting(b));
      expect(viewerKey(a) === viewerKey(b)).toBe(same);
    }),
  );
});

test('no key with what follows it in an item’s key is another’s', () => {
  fc.assert(
    fc.property(viewers, viewers, fc.string(), fc.string(), (a, b, x, y) => {
      fc.pre(viewerKey(a) !== viewerKey(b));
      expect(`${viewerKey(a)}#${x}`).not.toBe(`${viewerKey(b)}#${y}`);
    }),
  );
});

test('roles and keys change nothing of whose cursors these are', () => {
  const officer = { kind: 'officer', person: 'p', agency: 'HRSS', zone: 'zone_teda' } as const;
  expect(viewerKey({ ...officer, roles: ['DECIDE'] })).toBe(viewerKey({ ...officer, roles: [] }));
  expect(viewerKey({ ...officer, agency: 'PSB', roles: [] })).not.toBe(viewerKey({ ...officer, roles: [] }));
  const partner = { kind: 'partner', zone: 'zone_baodi' } as const;
  expect(viewerKey({ ...partner, key: 'a' })).toBe(viewerKey({ ...partner, key: 'b' }));
});

test('who is nobody in particular is granted nothing', () => {
  const { authenticated, scopes, policy } = grantsOf(ANONYMOUS);
  expect([authenticated, [...scopes]]).toEqual([false, []]);
  expect(['receives-cases', 'decides-cases'].map(policy)).toEqual([false, false]);
});

test('everybody else is authenticated, and only those who have a case of their own reach their own', () => {
  fc.assert(
    fc.property(viewers, (viewer) => {
      const { authenticated, scopes } = grantsOf(viewer);
      expect(authenticated).toBe(viewer.kind !== 'anonymous');
      expect(scopes.has('cases:own')).toBe(viewer.kind === 'applicant' || viewer.kind === 'caseHolder');
      expect(scopes.has('cases:handle')).toBe(viewer.kind === 'officer');
      expect([...scopes].filter((scope) => !SCOPES.some((known) => known === scope))).toEqual([]);
    }),
  );
});

test('a policy is an officer’s with its role; one that nobody knows denies', () => {
  fc.assert(
    fc.property(fc.constantFrom(...AGENCIES), fc.subarray([...OFFICER_ROLES]), (agency, roles) => {
      const { policy, scopes } = grantsOf({ kind: 'officer', person: 'p', agency, zone: 'zone_teda', roles });
      expect(policy('decides-cases')).toBe(roles.includes('DECIDE'));
      expect(policy('reviews-cases')).toBe(roles.includes('REVIEW'));
      expect(policy('receives-cases')).toBe(roles.includes('RECEIVE'));
      expect(policy('tracks-enterprises')).toBe(roles.includes('TRACK'));
      expect(scopes.has('records:publish')).toBe(roles.includes('PUBLISH'));
      expect(['constructor', 'toString', ''].map(policy)).toEqual([false, false, false]);
    }),
  );
});
