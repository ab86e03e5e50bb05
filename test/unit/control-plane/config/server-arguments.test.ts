import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readServerArguments, type ServerConfig } from '#control-plane/config/server-arguments.ts';

function configOf(argv: readonly string[], env: Record<string, string> = {}): ServerConfig {
  const command = readServerArguments(argv, env);
  if (command.kind !== 'start') throw new Error(`told instead: ${command.text}`);
  return command.config;
}

test('without arguments the server keeps to itself: loopback, the embedded database, a folder below the current one', () => {
  const config = configOf([]);

  expect(config).toMatchObject({
    data: resolve('.dd0c'),
    http: { host: '127.0.0.1' },
    grpc: { host: '127.0.0.1' },
    enroll: { host: '127.0.0.1' },
    advertise: '127.0.0.1',
    databaseUrl: null,
    keep: { outputDays: 90, executionDays: 400, reportDays: 400 },
  });
});

test('the command line wins over the environment, and the environment over the defaults', () => {
  const env = { DD0C_DATA: '/from/env', DD0C_HTTP: '127.0.0.2:1', DD0C_LOG_LEVEL: 'warn' };

  const config = configOf(['--data', '/from/argv'], env);

  expect(config).toMatchObject({ data: '/from/argv', http: { host: '127.0.0.2', port: 1 }, logLevel: 'warn' });
});

test('an IPv6 address stands in brackets', () => {
  expect(configOf(['--http', '[::1]:0']).http).toEqual({ host: '::1', port: 0 });
});

test('a host that means every interface is not advertised: agents get the name of the machine', () => {
  const { advertise } = configOf(['--grpc', '0.0.0.0:0']);

  expect(advertise).not.toBe('0.0.0.0');
  expect(advertise).not.toBe('');
});

test('--advertise says what agents are told', () => {
  expect(configOf(['--grpc', '0.0.0.0:0', '--advertise', 'dd0c.example.org']).advertise).toBe('dd0c.example.org');
});

test.each([
  [['--http', 'localhost'], '--http'],
  [['--grpc', '127.0.0.1:99999'], '--grpc'],
  [['--enroll', '::1:80'], '--enroll'],
  [['--advertise', 'https://x/'], '--advertise'],
  [['--database-url', 'mysql://x'], '--database-url'],
  [['--log-level', 'loud'], '--log-level'],
  [['--http-rate', '0'], '--http-rate'],
  [['--data', ''], '--data'],
])('%j is refused by the name of the option', (argv, option) => {
  expect(() => readServerArguments(argv, {})).toThrow(expect.objectContaining({ code: 'usage', facts: expect.objectContaining({ option }) }));
});

test('an unknown option is refused without repeating its value, which could be a secret', () => {
  const reading = (): unknown => readServerArguments(['--databse-url=postgres://u:secret@h/d'], {});

  expect(reading).toThrow(/databse-url/);
  expect(reading).not.toThrow(/secret/);
});

test('a database address that is not one is refused without being repeated', () => {
  expect(() => readServerArguments([], { DD0C_DATABASE_URL: 'mysql://u:secret@h/d' })).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('secret') }),
  );
});

test('an argument that belongs to no option is refused', () => {
  expect(() => readServerArguments(['start'], {})).toThrow(expect.objectContaining({ code: 'usage' }));
});

test('--help and --version are told, not done', () => {
  expect(readServerArguments(['--help'], {})).toMatchObject({ kind: 'tell', text: expect.stringContaining('--database-url') });
  expect(readServerArguments(['--version'], {})).toMatchObject({ kind: 'tell', text: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
});

test('how old a connection may become is a duration, of a second at least and seven days at most', () => {
  expect(configOf([]).maxConnectionAgeMs).toBe(12 * 3_600_000);
  expect(configOf(['--max-connection-age', '90s']).maxConnectionAgeMs).toBe(90_000);
  expect(configOf([], { DD0C_MAX_CONNECTION_AGE: '7d' }).maxConnectionAgeMs).toBe(7 * 24 * 3_600_000);
  for (const wrong of ['0s', '8d', '12', 'soon']) {
    expect(() => configOf(['--max-connection-age', wrong])).toThrow(expect.objectContaining({ code: 'usage', facts: expect.objectContaining({ option: '--max-connection-age' }) }));
  }
});
