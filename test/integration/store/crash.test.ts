import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '#control-plane/store/open-database.ts';
import { asSystem } from '#control-plane/store/tenant-tx.ts';

const root = new URL('../../../', import.meta.url).href;
let folder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dd0c-crash-'));
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test('a killed server loses no row that it acknowledged, and its folder opens again at once', async () => {
  const acknowledged: string[] = [];

  for (const rows of [7, 25]) {
    const writer = start();
    for await (const id of createInterface({ input: writer.stdout })) {
      acknowledged.push(id);
      if (acknowledged.length === 3) await expectLocked(writer.pid);
      if (acknowledged.length % rows === 0) writer.kill('SIGKILL');
    }
  }

  expect(acknowledged.length).toBeGreaterThanOrEqual(25);
  expect(await tenants()).toEqual(expect.arrayContaining(acknowledged));
}, 60_000);

test('a first start that is killed while it makes the database does not spoil the folder', async () => {
  const starting = start();
  await until(() => existsSync(join(folder, 'db.new', 'PG_VERSION')));
  starting.kill('SIGKILL');
  await once(starting, 'exit');

  expect(await tenants()).toEqual([]);
}, 60_000);

/** A second server on the folder of a living one. */
async function expectLocked(pid: number | undefined): Promise<void> {
  await expect(openDatabase({ dataDir: folder })).rejects.toMatchObject({ code: 'data-locked', facts: { pid } });
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await setImmediate();
}

/** Writes tenants for ever and says the id of each once it is committed. */
function start() {
  const script = `
    import { openDatabase } from '${root}control-plane/store/open-database.ts';
    import { asTenant } from '${root}control-plane/store/tenant-tx.ts';
    const db = await openDatabase({ dataDir: process.argv[1] });
    for (;;) {
      const id = crypto.randomUUID();
      await asTenant(db, id, (tx) => tx.query("insert into tenant (id, name, created_at) values ($1, 'x', now())", [id]));
      process.stdout.write(id + '\\n');
    }`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return child;
}

async function tenants(): Promise<readonly string[]> {
  const db = await openDatabase({ dataDir: folder });
  try {
    const { rows } = await asSystem(db, (tx) => tx.query<{ id: string }>('select id from tenant'));
    return rows.map(({ id }) => id);
  } finally {
    await db.close();
  }
}
