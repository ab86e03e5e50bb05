import { expect, test } from 'vitest';
import { access, grants, handledFs } from '#sandbox/landlock/access.ts';
import { rulesetFor } from '#sandbox/landlock/ruleset.ts';

const versions = [1, 2, 3, 4, 5, 6, 7, 9];

test('every right that a version knows is handled, so that each has to be given', () => {
  expect(versions.map((abi) => handledFs(abi).toString(16))).toEqual(['1fff', '3fff', '7fff', '7fff', 'ffff', 'ffff', 'ffff', 'ffff']);
});

test('no rule gives a right that the version does not handle, for the kernel would refuse the whole set', () => {
  for (const abi of versions) {
    for (const { access: given } of rulesetFor(abi, [{ path: '/usr', grant: 'run' }, { path: '/w', grant: 'own' }, { path: '/dev/null', grant: 'device' }], { ownNetwork: false }).rules) {
      expect(given & ~handledFs(abi)).toBe(0);
      expect(given).toBeGreaterThan(0);
    }
  }
});

test('nobody makes devices, commands devices, or writes what is there to be run', () => {
  expect(grants.own & (access.makeChar | access.makeBlock | access.ioctlDev)).toBe(0);
  expect(grants.run & (access.writeFile | access.truncate | access.makeReg | access.removeFile | access.refer)).toBe(0);
  expect(grants.look & access.execute).toBe(0);
  expect(grants.device & access.execute).toBe(0);
});

test('TCP is handled without a rule from ABI 4 on, signals and abstract sockets are kept inside from 6 on', () => {
  const at = (abi: number, ownNetwork: boolean) => {
    const { handledNet, scoped } = rulesetFor(abi, [], { ownNetwork });
    return { handledNet, scoped };
  };

  expect(at(3, false)).toEqual({ handledNet: 0, scoped: 0 });
  expect(at(4, false)).toEqual({ handledNet: 3, scoped: 0 });
  expect(at(6, false)).toEqual({ handledNet: 3, scoped: 3 });
  expect(at(7, true)).toEqual({ handledNet: 0, scoped: 3 });
});
