import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that all test files of one run share, for what is slow to make and the same for all; gone at the end. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'dd0c-run-'));
  process.env['DD0C_TEST_RUN_FOLDER'] = folder; // workers inherit it
  return () => { rmSync(folder, { recursive: true, force: true }); };
}
