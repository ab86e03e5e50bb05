import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanEnvironment } from '#sandbox/environment/clean.ts';

test('what would load code, or turn the step from its proxy, is dropped and named', () => {
  const wanted = { LD_PRELOAD: '/w/evil.so', NODE_OPTIONS: '--require=x', BASH_ENV: '/w/x', 'BASH_FUNC_ls%%': '() { x; }', GIT_SSH_COMMAND: 'x', PAGER: 'x', PYTHONSTARTUP: 'x', HTTPS_PROXY: 'http://evil', no_proxy: '*', ENV: '/x', REGION: 'eu-west-1' };

  const { env, dropped } = cleanEnvironment(wanted);

  expect(env).toEqual({ REGION: 'eu-west-1' });
  expect(dropped).toEqual(Object.keys(wanted).slice(0, -1));
});

test('a PATH keeps absolute folders that the step cannot write, however they are spelled', () => {
  const { env, dropped } = cleanEnvironment({ PATH: '/work/bin:.::bin:/usr/bin:/usr/../work/x:/opt/tool/bin:/work' }, ['/work']);

  expect(env['PATH']).toBe('/usr/bin:/opt/tool/bin');
  expect(dropped).toEqual(['PATH']);
});

test('a PATH of which nothing is left is dropped', () => {
  expect(cleanEnvironment({ PATH: '/work/bin' }, ['/work'])).toEqual({ env: {}, dropped: ['PATH'] });
});

test('names that a shell could read as code, and values that end early, are dropped', () => {
  expect(cleanEnvironment({ 'A=B': '1', '': '2', 'x y': '3', OK: 'a\0b', FINE: 'a=b c' })).toEqual({ env: { FINE: 'a=b c' }, dropped: ['A=B', '', 'x y', 'OK'] });
});

test('each variable is either given as it was, or named', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string()), (wanted) => {
      const { env, dropped } = cleanEnvironment(wanted);

      for (const [name, value] of Object.entries(wanted)) expect(env[name] === value || dropped.includes(name)).toBe(true);
      expect(Object.keys(env).every((name) => Object.hasOwn(wanted, name))).toBe(true);
    }),
  );
});
