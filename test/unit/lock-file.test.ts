import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';

const Lock = z.object({ packages: z.record(z.string(), z.looseObject({ optionalDependencies: z.record(z.string(), z.string()).optional() })) });

test('every optional package of every platform is locked: npm ci refuses a lock file that leaves one out', async () => {
  const { packages } = Lock.parse(JSON.parse(await readFile(new URL('../../package-lock.json', import.meta.url), 'utf8')));

  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) => Object.keys(optionalDependencies).filter((name) => !isLocked(packages, path, name)));

  expect(missing).toEqual([]);
});

/** Looked for as Node looks for a package: beside the one that asks, then further up. */
function isLocked(packages: Readonly<Record<string, unknown>>, path: string, name: string): boolean {
  const steps = path.split('/node_modules/');
  const around = steps.map((_, index) => steps.slice(0, index + 1).join('/node_modules/'));
  return ['', ...around.map((folder) => `${folder}/`)].some((folder) => Object.hasOwn(packages, `${folder}node_modules/${name}`.replace(/^\//, '')));
}
