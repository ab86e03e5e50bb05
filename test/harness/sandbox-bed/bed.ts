import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBubblewrap } from '#sandbox/drivers/bubblewrap.ts';
import type { EscapeCase, Verdict, Way } from './case.ts';
import type { InsideTask } from './inside.ts';

/** Why no bed can be made here, or null. */
export const noBed = whyNoBed();

function whyNoBed(): string | null {
  if (process.platform !== 'linux') return 'a bed for escapes, which needs Linux';
  if (process.getuid?.() !== 0) return 'a bed for escapes, which needs root';
  const missing = ['unshare', 'ip', 'python3', 'perl', 'pivot_root', 'openssl', 'curl', 'script'].filter((name) => spawnSync('which', [name]).status !== 0);
  if (missing.length > 0) return `a bed for escapes, which needs ${missing.join(', ')}`;
  const able = spawnSync('unshare', ['--mount', '--pid', '--net', '--ipc', '--uts', '--fork', 'mount', '--make-rprivate', '/']);
  return able.status === 0 ? null : 'a bed for escapes, which needs namespaces';
}

const inside = fileURLToPath(new URL('inside.ts', import.meta.url));
const house = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');
const enter = fileURLToPath(new URL('enter.sh', import.meta.url));

/** Makes beds; each is for one case. */
export interface Beds {
  run(found: EscapeCase, way: Way): Promise<Verdict>;
  close(): void;
}

/** A hard end for one bed, whatever its script does. */
const bedMs = 90_000;

/** @param executable an agent to test in place of the source */
export function openBeds(executable: string | null = null): Beds {
  const place = mkdtempSync(join(tmpdir(), 'dd0c-bed-'));
  const tls = certificate(place);
  const fences = ['pids', 'memory'].map((controller) => `/sys/fs/cgroup/${controller}/dd0c-beds-${process.pid}`).filter((folder) => existsSync(join(folder, '..', 'cgroup.procs')));
  for (const folder of fences) mkdirSync(folder);
  for (const [file, value] of [['pids.max', '1200'], ['memory.limit_in_bytes', String(5 << 30)]] as const) for (const folder of fences) if (existsSync(join(folder, file))) writeFileSync(join(folder, file), value);
  return { run, close };

  async function run(found: EscapeCase, way: Way): Promise<Verdict> {
    const skipped = reasonToSkip(found, way);
    if (skipped !== null) return { id: found.id, category: found.category, state: 'skipped', reasons: [skipped], seconds: 0 };
    const task: InsideTask = { found, way, tls, executable };
    const fence = fences.map((folder) => `echo $$ > ${folder}/cgroup.procs;`).join(' ');
    const child = spawn('bash', ['-c', `${fence} exec unshare --mount --pid --net --ipc --uts --fork --kill-child bash "$@"`, 'bash', enter, place, house, process.execPath, inside], { stdio: ['pipe', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString('utf8')));
    child.stderr.on('data', (bytes: Buffer) => (err += bytes.toString('utf8')));
    child.stdin.on('error', () => {});
    child.stdin.end(JSON.stringify(task));
    const timer = setTimeout(() => child.kill('SIGKILL'), bedMs);
    await new Promise((resolve) => void child.once('close', resolve));
    clearTimeout(timer);
    const line = out.trimEnd().split('\n').at(-1) ?? '';
    try {
      return JSON.parse(line) as Verdict;
    } catch {
      return { id: found.id, category: found.category, state: 'failed', reasons: [`the bed broke: ${err.slice(-600)}`], seconds: 0 };
    }
  }

  function close(): void {
    for (const folder of fences) rmdirSync(folder);
    rmdirSync(place);
  }
}

function reasonToSkip({ needs, arch, pre, script2, check }: EscapeCase, { tier, launcher }: Way): string | null {
  if (launcher === 'warm' && tier === 1 && (pre !== undefined || script2 !== undefined || check.some((one) => one.includes('artifacts')))) return 'in tier 1 a step with a working folder of the host starts cold';
  const missing = needs.filter((name) => spawnSync('which', [name], { env: { PATH: '/usr/local/bin:/usr/bin:/bin' } }).status !== 0);
  if (missing.length > 0) return `it needs ${missing.join(', ')}`;
  if (arch !== undefined && (arch === 'x86_64') !== (process.arch === 'x64')) return `it is for ${arch}`;
  const bubblewrap = findBubblewrap();
  return tier === 1 && 'reason' in bubblewrap ? bubblewrap.reason : null;
}

/** For any name; nobody in the bed checks it. */
function certificate(folder: string): { readonly key: string; readonly cert: string } {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  spawnSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=bed']);
  const made = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  spawnSync('rm', [key, cert]);
  return made;
}
