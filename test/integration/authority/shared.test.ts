import { randomBytes } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AuthorityDocument } from '#ca/document.ts';
import { openSharedAuthority } from '#control-plane/authority/open.ts';
import type { AuthorityKeeper } from '#control-plane/authority/keeper.ts';
import { asSystem } from '#control-plane/store/tenant-tx.ts';
import { eachDatabase } from '#test/harness/databases.ts';
import { listen } from '#test/harness/link.ts';
import { openTestPki } from '#test/harness/pki.ts';

eachDatabase('the shared authority', (db) => {
  let folders: string[] = [];
  beforeEach(async () => {
    folders = [folder(), folder()];
    await db().transaction((tx) => tx.query('truncate authority'));
  });
  afterEach(() => folders.forEach((each) => rmSync(each, { recursive: true, force: true })));

  test('is made once, with its key in the data folder for this user alone, and nothing readable in the database', async () => {
    const first = await open(one());
    const again = await open(one());

    expect(again.authority.pin).toBe(first.authority.pin);
    expect(statSync(join(one(), 'ca', 'seal.key')).mode & 0o777).toBe(0o600);
    const { rows } = await asSystem(db(), (tx) => tx.query<{ sealed: Uint8Array }>('select sealed from authority'));
    const text = Buffer.from(rows[0]?.sealed ?? []).toString('latin1');
    expect(text).not.toContain('CERTIFICATE');
    expect(text.length).toBeGreaterThan(500);
  });

  test('is the same for a replica that was given the key, by copy or by name', async () => {
    const first = await open(one());
    mkdirSync(join(two(), 'ca'));
    cpSync(join(one(), 'ca', 'seal.key'), join(two(), 'ca', 'seal.key'));

    const copied = await open(two());
    const named = await open(two(), join(one(), 'ca', 'seal.key'));

    expect([copied.authority.pin, named.authority.pin]).toEqual([first.authority.pin, first.authority.pin]);
  });

  test('what one replica changes, the others see at their next look, and changes at once follow each other', async () => {
    const [first, second] = [await open(one()), await open(two(), join(one(), 'ca', 'seal.key'))];
    let told = 0;
    second.onChange(() => (told += 1));

    await Promise.all(Array.from({ length: 4 }, (_, at) => (at % 2 === 0 ? first : second).change(async (document) => ({ document: noting(document, at), answer: at }))));
    await second.refresh();

    expect(Object.keys(second.document.exported).toSorted()).toEqual(['change-0', 'change-1', 'change-2', 'change-3']);
    expect(told).toBeGreaterThan(0);
  });

  test('a change that fails, or would leave something that does not open, changes nothing', async () => {
    const keeper = await open(one());
    const before = keeper.document;

    await expect(keeper.change(async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(keeper.change(async (document) => ({ document: { ...document, keys: {} }, answer: null }))).rejects.toMatchObject({ code: 'authority-key-missing' });

    expect(keeper.document).toBe(before);
    expect((await open(one())).document).toEqual(before);
  });

  test('two replicas that start at once on an empty database with one key agree', async () => {
    const key = join(folders[0] ?? '', 'given.key');
    writeFileSync(key, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });

    const [first, second] = await Promise.all([open(one(), key), open(two(), key)]);

    expect(second.authority.pin).toBe(first.authority.pin);
  });

  describe('is refused by name', () => {
    test('without the key', async () => {
      await open(one());

      await expect(open(two())).rejects.toMatchObject({ code: 'seal-key-missing' });
      expect(existsSync(join(two(), 'ca', 'seal.key'))).toBe(false);
    });

    test('with another key', async () => {
      await open(one());
      writeFileSync(join(two(), 'other.key'), '0'.repeat(64), { mode: 0o600 });

      await expect(open(two(), join(two(), 'other.key'))).rejects.toMatchObject({ code: 'seal-broken' });
    });

    test.each(['', 'abc', 'g'.repeat(64), '0'.repeat(63)])('with %j for a key', async (text) => {
      writeFileSync(join(one(), 'bad.key'), text, { mode: 0o600 });

      await expect(open(one(), join(one(), 'bad.key'))).rejects.toMatchObject({ code: 'seal-key-unusable' });
    });

    test('with a key that others can read, or a named one that is not there', async () => {
      await open(one());
      chmodSync(join(one(), 'ca', 'seal.key'), 0o640);

      await expect(open(one())).rejects.toMatchObject({ code: 'key-exposed' });
      await expect(open(two(), join(two(), 'none.key'))).rejects.toMatchObject({ code: 'seal-key-missing' });
    });

    test('where an older content was put under a newer version', async () => {
      const keeper = await open(one());
      const older = await row();
      await keeper.change(async (document) => ({ document: noting(document, 1), answer: null }));
      await asSystem(db(), (tx) => tx.query('update authority set sealed = $1', [older.sealed]));

      await expect(open(one())).rejects.toMatchObject({ code: 'seal-broken' });
    });
  });

  test('a server that runs does not go back to an older state', async () => {
    const keeper = await open(one());
    const older = await row();
    await keeper.change(async (document) => ({ document: noting(document, 1), answer: null }));
    const { document } = keeper;
    await asSystem(db(), (tx) => tx.query('update authority set version = $1, sealed = $2', [older.version, older.sealed]));

    await keeper.refresh();

    expect(keeper.document).toBe(document);
    expect(told.lines.at(-1)?.msg).toContain('could not be read again');
  });

  test('takes over the files of an earlier version, and takes them away', async () => {
    const { document, authority } = await openTestPki();
    writeAsFiles(document, join(one(), 'ca'));

    const keeper = await open(one());

    expect(keeper.authority.pin).toBe(authority.pin);
    expect(['root', 'agents', 'servers'].flatMap((name) => [`${name}.key`, `${name}.pem`]).filter((name) => existsSync(join(one(), 'ca', name)))).toEqual([]);
    expect((await open(one())).authority.pin).toBe(authority.pin);
  });

  const told = listen();
  const one = (): string => folders[0] ?? '';
  const two = (): string => folders[1] ?? '';

  function open(data: string, sealKey: string | null = null): Promise<AuthorityKeeper> {
    return openSharedAuthority({ db: db(), data, sealKey, clock: Date.now, random: randomBytes, log: told.log });
  }

  async function row(): Promise<{ version: number; sealed: Uint8Array }> {
    const { rows } = await asSystem(db(), (tx) => tx.query<{ version: number; sealed: Uint8Array }>('select version, sealed from authority'));
    const [only] = rows;
    if (only === undefined) throw new Error('no authority');
    return only;
  }
});

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'dd0c-shared-'));
}

function noting(document: AuthorityDocument, at: number): AuthorityDocument {
  return { ...document, exported: { ...document.exported, [`change-${at}`]: new Date(0).toISOString() } };
}

function writeAsFiles({ current, keys }: AuthorityDocument, ca: string): void {
  mkdirSync(ca, { mode: 0o700 });
  const parts = [['root', current.rootKey, current.root], ...(['agents', 'servers'] as const).map((role) => [role, current[role][0]?.key ?? '', current[role][0]?.certificate ?? ''])];
  for (const [name, key, pem] of parts) {
    writeFileSync(join(ca, `${name}.pem`), pem ?? '');
    writeFileSync(join(ca, `${name}.key`), `-----BEGIN PRIVATE KEY-----\n${keys[key ?? '']}\n-----END PRIVATE KEY-----\n`, { mode: 0o600 });
  }
  expect(readFileSync(join(ca, 'root.pem'), 'utf8')).toContain('BEGIN CERTIFICATE');
}
