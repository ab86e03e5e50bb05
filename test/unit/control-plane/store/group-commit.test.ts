import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { DatabaseError } from '#control-plane/store/database-error.ts';
import { createGroupCommit, type GroupCommitOptions, type Patience } from '#control-plane/store/group-commit.ts';
import { Fault } from '#proto/domain/fault.ts';
import { toTenantId } from '#proto/domain/identity.ts';

const tenant = toTenantId('00000000-0000-4000-8000-000000000001');
const other = toTenantId('00000000-0000-4000-8000-000000000002');
const refusal = new DatabaseError('22021', undefined, '');

test('what comes together, or while a commit is under way, shares one, and each gets its own answer', async () => {
  const { enter, groups } = scene();

  const first = ['a', 'b'].map((item) => enter(tenant, item));
  const then = setImmediate().then(() => Promise.all(['c', 'd', 'e'].map((item) => enter(tenant, item))));

  expect(await Promise.all([...first, then])).toEqual(['A', 'B', ['C', 'D', 'E']]);
  expect(groups).toEqual(['a b', 'c d e']);
});

test('of two with the same key the later one goes with a later commit', async () => {
  const { enter, groups } = scene({ keyOf: (item) => item.charAt(0) });

  await Promise.all(['a1', 'b1', 'a2', 'a3', 'c1'].map((item) => enter(tenant, item)));

  expect(groups).toEqual(['a1 b1 c1', 'a2', 'a3']);
});

test('no group is larger than it may be, and none has two tenants', async () => {
  const { enter, groups } = scene({ limits: { atOnce: 2, aloneAtOnce: 1 } });

  await Promise.all([...['a', 'b', 'c'].map((item) => enter(tenant, item)), enter(other, 'z')]);

  expect(groups.toSorted()).toEqual(['a b', 'c', 'z']);
});

test('a fault among the answers is of that one alone', async () => {
  const { enter, groups } = scene({ commit: async (_tenant, items) => items.map((item) => (item === 'b' ? new Fault('agent-locked') : item)) });

  const answers = await Promise.allSettled(['a', 'b', 'c'].map((item) => enter(tenant, item)));

  expect(answers).toMatchObject([{ value: 'a' }, { reason: { code: 'agent-locked' } }, { value: 'c' }]);
  expect(groups).toEqual(['a b c']);
});

test('where the database refuses a group, each goes alone and may wait for long; the one at fault alone is refused', async () => {
  const patiences: Patience[] = [];
  const { enter, groups } = scene({
    async commit(_tenant, items, patience) {
      patiences.push(patience);
      if (items.includes('b')) throw refusal;
      return items;
    },
  });

  const answers = await Promise.allSettled(['a', 'b', 'c'].map((item) => enter(tenant, item)));

  expect(answers).toMatchObject([{ value: 'a' }, { reason: refusal }, { value: 'c' }]);
  expect(groups).toEqual(['a b c', 'a', 'b', 'c']);
  expect(patiences).toEqual(['brief', 'long', 'long', 'long']);
});

test('one that waits for long holds up neither what comes behind it nor, beyond a number, the connections', async () => {
  const gate = Promise.withResolvers<void>();
  let waiting = 0;
  const { enter } = scene({
    limits: { atOnce: 8, aloneAtOnce: 2 },
    async commit(_tenant, items, patience) {
      if (!items.some((item) => item.startsWith('held'))) return items;
      if (patience === 'brief') throw refusal;
      waiting += 1;
      await gate.promise;
      return items;
    },
  });

  const held = Promise.all(['held1', 'held2', 'held3'].map((item) => enter(tenant, item)));
  await expect.poll(() => waiting).toBe(2);

  expect(await enter(tenant, 'free')).toBe('free');
  expect(waiting).toBe(2);
  gate.resolve();
  expect(await held).toEqual(['held1', 'held2', 'held3']);
});

test('where the database is away, all are told at once and nothing is tried again', async () => {
  const { enter, groups } = scene({ commit: () => Promise.reject(new Fault('database-unavailable')) });

  const answers = await Promise.allSettled(['a', 'b'].map((item) => enter(tenant, item)));

  expect(answers).toMatchObject([{ reason: { code: 'database-unavailable' } }, { reason: { code: 'database-unavailable' } }]);
  expect(groups).toEqual(['a b']);
});

/** Commits that answer in capitals, and what each of them had in it. */
function scene({ commit = async (_tenant, items) => items.map((item) => item.toUpperCase()), keyOf = (item) => item, limits = { atOnce: 8, aloneAtOnce: 4 } }: Partial<GroupCommitOptions<string, string>> = {}) {
  const groups: string[] = [];
  const enter = createGroupCommit<string, string>({
    commit(of, items, patience) {
      groups.push(items.join(' '));
      return commit(of, items, patience);
    },
    keyOf,
    limits,
  });
  return { enter, groups };
}
