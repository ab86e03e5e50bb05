import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { removeTree } from '#sandbox/room/remove.ts';

describe.skipIf(process.platform !== 'linux')('removing what a step has filled', () => {
  const folder = (): string => mkdtempSync(join(tmpdir(), 'dd0c-remove-'));

  test('works for folders deeper than a path can name', () => {
    const deep = folder();
    execFileSync('bash', ['-c', 'for i in $(seq 1 600); do mkdir ddddddddddddd && cd ddddddddddddd || exit 1; done; echo x > end'], { cwd: deep });

    removeTree(deep);

    expect(existsSync(deep)).toBe(false);
  });

  test('follows no link', () => {
    const [full, other] = [folder(), folder()];
    writeFileSync(join(other, 'kept'), 'kept');
    symlinkSync(other, join(full, 'link'));
    mkdirSync(join(full, 'a'));
    symlinkSync('..', join(full, 'a', 'up'));

    removeTree(full);

    expect(existsSync(full)).toBe(false);
    expect(readFileSync(join(other, 'kept'), 'utf8')).toBe('kept');
    removeTree(other);
  });

  test('works for folders that their owner closed', () => {
    const closed = folder();
    mkdirSync(join(closed, 'a', 'b'), { recursive: true });
    chmodSync(join(closed, 'a', 'b'), 0);
    chmodSync(join(closed, 'a'), 0);

    removeTree(closed);

    expect(existsSync(closed)).toBe(false);
  });
});
