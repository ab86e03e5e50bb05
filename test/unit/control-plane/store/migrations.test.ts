import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { migrationsModule } from '#control-plane/store/migrations/module-text.ts';
import { migrations } from '#control-plane/store/migrations/index.ts';

test('the migrations compiled in are those of the .sql files', () => {
  const written = readFileSync(new URL('../../../../control-plane/store/migrations/index.ts', import.meta.url), 'utf8');

  expect(written, 'run `npm run generate`').toBe(migrationsModule());
});

test('migrations are numbered from 1 without gaps', () => {
  expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, index) => index + 1));
});
