import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';

const Lock = z.object({ packages: z.record(z.string(), z.looseObject({ optionalDependencies: z.record(z.string(), z.string()).optional() })) });

test('every optional package of every platform is locked: npm ci refuses a lock file that leaves one out', async () => {
  const { packages } = Lock.parse(JSON.parse(await readFile(new URL('../../package-lock.json', import.meta.url), 'utf8')));

  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) => Object.keys(optionalDependencies).filter((name) => !isLocked(packages, path, name)));

  expect(missing).toEqual([]);
});

test('the library under the link is none of those that take unauthorised certificates for authorised ones, or end at bad input', async () => {
  const { packages } = z.object({ packages: z.record(z.string(), z.looseObject({ version: z.string().optional() })) }).parse(JSON.parse(await readFile(new URL('../../package-lock.json', import.meta.url), 'utf8')));
  const [major = 0, minor = 0, patch = 0] = packages['node_modules/@grpc/grpc-js']?.version?.split('.').map(Number) ?? [];

  expect(major * 1_000_000 + minor * 1_000 + patch).toBeGreaterThanOrEqual(1_014_007);
});

/** Looked for as Node looks for a package: beside the one that asks, then further up. */
function isLocked(packages: Readonly<Record<string, unknown>>, path: string, name: string): boolean {
  const steps = path.split('/node_modules/');
  const around = steps.map((_, index) => steps.slice(0, index + 1).join('/node_modules/'));
  return ['', ...around.map((folder) => `${folder}/`)].some((folder) => Object.hasOwn(packages, `${folder}node_modules/${name}`.replace(/^\//, '')));
}
