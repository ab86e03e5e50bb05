import { spawn } from 'node:child_process';
import { appendFileSync, chmodSync, chownSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the placeholders of a script stand for in this bed. */
export type Words = Readonly<Record<string, string>>;

/** The bed's people and places. */
export interface Scene {
  readonly uid: number;
  readonly secret: string;
  readonly granted: string;
  readonly out: string;
  readonly state: string;
  readonly home: string;
  readonly work: string;
  readonly agentPid: number;
}

const prefix = 'SBXSECRET';

/** Lays out what an agent has on its host: all of it is there to be taken. */
export function layScene(uid: number): Scene {
  const secret = `${prefix}-4f1d0c77e2aa`;
  const [out, state, home, work] = ['/srv/out', '/srv/state', '/srv/home', '/srv/work'];
  const put = (path: string, text: string, mode: number): void => {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
    chmodSync(path, mode);
    chownSync(path, uid, uid);
  };
  const folder = (path: string, mode: number): void => {
    mkdirSync(path, { recursive: true });
    chmodSync(path, mode);
    chownSync(path, uid, uid);
  };
  folder(out, 0o777);
  folder(`${out}/dir`, 0o777);
  folder(state, 0o700);
  folder(home, 0o755);
  folder(work, 0o755);
  put(`${out}/canary.txt`, 'canary\n', 0o666);
  put(`${out}/dir/x`, 'x\n', 0o666);
  copyFileSync('/bin/true', `${out}/agent-bin`);
  chmodSync(`${out}/agent-bin`, 0o777);
  chownSync(`${out}/agent-bin`, uid, uid);
  put(`${state}/agent.key`, `${secret}\n`, 0o600);
  put(`${state}/journal.json`, '{}\n', 0o600);
  for (const file of ['.aws/credentials', '.aws/config', '.kube/config', '.ssh/id_ed25519', '.bashrc']) put(`${home}/${file}`, `${secret}\n`, 0o600);
  for (const name of ['.aws', '.kube', '.ssh']) chownSync(`${home}/${name}`, uid, uid);
  put('/var/run/secrets/kubernetes.io/serviceaccount/token', `${secret}\n`, 0o644);
  put('/tmp/other-step-secret', `${secret}\n`, 0o600);
  copyFileSync('/usr/bin/id', '/usr/local/bin/sbx-suid-id');
  chownSync('/usr/local/bin/sbx-suid-id', 0, 0);
  chmodSync('/usr/local/bin/sbx-suid-id', 0o4755);
  appendFileSync('/etc/hosts', '\n51.15.77.1 allowed.test\n51.15.77.2 evil.test evilallowed.test allowed.test.evil.test\n51.15.77.3 redirect.allowed.test\n127.0.0.1 rebind.allowed.test\n169.254.169.254 meta.allowed.test\n');
  return { uid, secret, granted: 'Gr4nted-77-zebra-quilt-0042', out, state, home, work, agentPid: standIn(uid, state, secret) };
}

/** An agent of the same user that only lives: its memory and environment hold the secret, and it is not dumpable. */
function standIn(uid: number, cwd: string, secret: string): number {
  const program = "import ctypes,time; ctypes.CDLL(None).prctl(4,0,0,0,0); time.sleep(1e6)";
  const { pid } = spawn('python3', ['-c', program], { uid, gid: uid, cwd, env: { PATH: '/usr/bin:/bin', AGENT_TOKEN: secret }, stdio: 'ignore', detached: true });
  return pid ?? 0;
}

/** The words of this scene and its services. */
export function wordsOf({ secret, granted, out, state, home, work, agentPid }: Scene, ports: Readonly<Record<'tcp' | 'udp' | 'free' | 'reuse', number>>): Words {
  return {
    AGENT_PID: String(agentPid),
    SECRET: secret,
    SECRET_PREFIX: prefix,
    GRANTED: granted,
    KEY: `${state}/agent.key`,
    STATE: state,
    OUT: out,
    HOME: home,
    WORK: work,
    MARK: 'sbxmark4711',
    TCP_PORT: String(ports.tcp),
    UDP_PORT: String(ports.udp),
    LISTEN_PORT: String(ports.free),
    REUSE_PORT: String(ports.reuse),
    ABS: 'sbx-abstract',
    SOCK: `${out}/docker.sock`,
    DGRAM: `${out}/log.sock`,
    SUID: '/usr/local/bin/sbx-suid-id',
    KEYFD: '17',
    SOCKFD: '18',
    AGENT_BIN: `${out}/agent-bin`,
    PROXY: 'http://127.0.0.1:3128',
    SOCKS: '127.0.0.1:3128',
  };
}

/** The text with its placeholders filled. */
export function fill(text: string, words: Words): string {
  return text.replaceAll(/\{\{([A-Z_]+)\}\}/g, (whole, name: string) => words[name] ?? whole);
}
