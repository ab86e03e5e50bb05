import { expect, test } from 'vitest';
import type { Control } from '#sandbox/drivers/control.ts';
import type { LaunchPlan, LaunchWord } from '#sandbox/launch/plan.ts';
import { become } from '#sandbox/step/launcher.ts';

const plan: LaunchPlan = { identity: null, hidesOthers: false, proxyPort: null, landlock: null, filter: null, asksBroker: false, rlimits: [], cwd: '/', run: { kind: 'program', paths: ['/bin/true'], argv: ['true'], env: [] } };
const none = { proxy: async () => {}, broker: async () => {} };

/** A launcher that says these words, and then is gone. */
function launcher(words: readonly LaunchWord[], joined = Promise.resolve()) {
  const waiting = [...words];
  const done: string[] = [];
  const control: Control = { next: async () => waiting.shift() ?? null, send: () => void done.push('plan'), go: () => void done.push('go'), close: () => {} };
  return { done, started: { control }, joined };
}

test('a launcher that is gone before all was set ran nothing: that is a fault, not a step that was killed', async () => {
  await expect(become(launcher([]), plan, none)).rejects.toMatchObject({ code: 'sandbox-failed' });
  await expect(become(launcher([{ say: 'broker', fd: 7 }]), plan, none)).rejects.toMatchObject({ code: 'sandbox-failed' });
});

test('one that is gone after it was told to go has become the command', async () => {
  const { done, ...here } = launcher([{ say: 'set' }]);

  expect(await become(here, plan, none)).toBeNull();
  expect(done).toEqual(['plan', 'go']);
});

test('it is not told to go before its group holds it, nor where that fails', async () => {
  const { done, ...here } = launcher([{ say: 'set' }], Promise.reject(new Error('EBUSY')));

  await expect(become(here, plan, none)).rejects.toThrow('EBUSY');
  expect(done).toEqual(['plan']);
});

test('a command that cannot be executed has been told of by its launcher', async () => {
  expect(await become(launcher([{ say: 'set' }, { say: 'failed', at: 'exec', errno: 2 }]), plan, none)).toBeNull();
});
