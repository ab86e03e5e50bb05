import { expect, test } from 'vitest';
import { dialled, httpAddress, serverNames } from '#control-plane/addresses.ts';

const local = { host: '127.0.0.1', port: 0 };
const everywhere = { host: '0.0.0.0', port: 0 };

test('a server on loopback is known by its local names', () => {
  expect(serverNames({ advertise: '127.0.0.1', grpc: local, enroll: local })).toEqual(['127.0.0.1', 'localhost', '::1']);
});

test('a server on every interface is known by what it advertises, and from its own machine', () => {
  expect(serverNames({ advertise: 'dd0c.example.org', grpc: everywhere, enroll: everywhere })).toEqual(['dd0c.example.org', 'localhost', '127.0.0.1', '::1']);
});

test('a server on one address of its own is known by that and by what it advertises', () => {
  const own = { host: '10.0.0.5', port: 0 };

  expect(serverNames({ advertise: 'dd0c.example.org', grpc: own, enroll: own })).toEqual(['dd0c.example.org', '10.0.0.5']);
});

test('programs of this machine find the API also where it listens on every interface', () => {
  expect(httpAddress({ host: '0.0.0.0', port: 80 })).toBe('http://127.0.0.1:80');
  expect(httpAddress({ host: '::', port: 80 })).toBe('http://[::1]:80');
  expect(httpAddress({ host: '10.0.0.5', port: 80 })).toBe('http://10.0.0.5:80');
});

test('agents dial the advertised host at the port that was bound', () => {
  expect(dialled('dd0c.example.org', '0.0.0.0:41513')).toBe('dd0c.example.org:41513');
  expect(dialled('::1', '[::1]:41513')).toBe('[::1]:41513');
});
