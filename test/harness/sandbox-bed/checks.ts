import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { EscapeCase } from './case.ts';
import type { Ended } from './agent-run.ts';
import { conditionOf, lookOften, type Seen } from './processes.ts';
import type { Scene } from './scene.ts';
import type { Services } from './services.ts';
import { differences, snapshot } from './snapshot.ts';

/** What is known of a run when it is judged. */
export interface Run {
  readonly found: EscapeCase;
  readonly scene: Scene;
  readonly services: Services;
  readonly mark: string;
  readonly ended: Ended;
  /** As things were before. */
  readonly before: { readonly files: readonly string[]; readonly agent: string; readonly pids: ReadonlySet<number>; readonly key: string; readonly temporary: readonly string[] };
  /** What was tried from outside while the step ran. */
  /** What an empty step took here, at this moment: a busy machine is not the step's doing. */
  readonly emptySeconds: number;
  readonly during: { readonly portReached: boolean; readonly stolen: number };
}

type Check = (run: Run, argument: string, second: string) => string | null | Promise<string | null>;

const bad = (wrong: boolean, what: string): string | null => (wrong ? what : null);

/** Every check that a corpus may ask for, by name; answers what is wrong, or null. */
const checks: Readonly<Record<string, Check>> = {
  no_pwned: ({ ended }) => bad(ended.all.includes('PWNED'), 'the attempt succeeded'),
  no_secret: ({ ended, scene }) => bad(ended.all.includes(scene.secret), 'the secret was told'),
  no_secret_in_artifacts: () => null, // `sandbox run` collects none
  host_intact: ({ before, scene }) => changes(before.files, scene),
  host_intact_later: async ({ before, scene }) => {
    await pause(7000);
    return changes(before.files, scene);
  },
  key_mode_intact: ({ before, scene }) => bad(modeOf(`${scene.state}/agent.key`) !== before.key, 'the key file changed'),
  agent_alive: ({ ended, scene }) => bad(!conditionOf(scene.agentPid).alive, 'the agent is stopped, traced or gone') ?? bad(ended.report === null, 'no result was reported'),
  no_survivors: async ({ mark, before }) => left(await after(() => lookOften((seen) => seen.name.includes(mark) && !before.pids.has(seen.pid)))),
  no_survivors_any: async ({ before }) => left(await after(() => lookOften((seen) => !before.pids.has(seen.pid)))),
  no_zombies: async ({ before }) => left(await after(() => lookOften((seen) => seen.state === 'Z' && !before.pids.has(seen.pid), 5))),
  within_limits: ({ ended, found, emptySeconds }) => bad(ended.seconds - emptySeconds > found.wall_s + 2, `it took ${ended.seconds} s`),
  killed_in_time: ({ ended, found, emptySeconds }) => bad(ended.report?.limit === null || ended.report === null, 'no limit was reported') ?? bad(ended.seconds - emptySeconds > found.wall_s + 1.5, `it took ${ended.seconds} s`),
  step_returns_within_s: ({ ended, emptySeconds }, seconds) => bad(ended.seconds - emptySeconds > Number(seconds), `it took ${ended.seconds} s`),
  output_capped: ({ ended, found }) => bad(ended.all.length > (found.limits.output_kb ?? 10_240) * 1024 + 4096, `${ended.all.length} bytes of output`) ?? bad((ended.report?.limit ?? null) === null, 'no limit was reported'),
  stdout_has: ({ ended }, text) => bad(!ended.out.includes(text), `it does not say ${text}`),
  stdout_count_below: ({ ended }, text, most) => bad(ended.out.split(text).length - 1 >= Number(most), `${text} too often`),
  exit_code: ({ ended }, code) => bad(ended.report?.exit !== Number(code), `exit ${ended.report?.exit}`),
  exit_signal: ({ ended }, signal) => bad(ended.report?.signal !== signal && ended.report?.signal !== `SIG${signal}`, `signal ${ended.report?.signal}`),
  host_path_absent: (_, path) => bad(existsSync(path), `${path} exists`),
  port_unreachable: ({ during }) => bad(during.portReached, 'the port could be reached'),
  port_not_stolen: ({ during }) => bad(during.stolen > 0, `${during.stolen} connections went elsewhere`),
  udp_untouched: ({ services }) => bad(services.udpSeen() > 0, 'a datagram arrived'),
  dgram_untouched: ({ services }) => bad(services.datagramsSeen() > 0, 'a datagram arrived'),
  host_no_iface: (_, name) => bad(Object.hasOwn(networkInterfaces(), name), `there is ${name}`),
  host_hostname_intact: () => bad(hostname().includes('pwned'), `the host is called ${hostname()}`),
  agent_prio_intact: ({ before, scene }) => bad(conditionOf(scene.agentPid).settings !== before.agent, 'its settings changed'),
  agent_rlimit_intact: ({ before, scene }) => bad(conditionOf(scene.agentPid).settings !== before.agent, 'its settings changed'),
  agent_oom_intact: ({ before, scene }) => bad(conditionOf(scene.agentPid).settings !== before.agent, 'its settings changed'),
  no_core: ({ scene }) => bad([scene.work, '/', '/tmp', scene.out].some((folder) => readdirSync(folder).some((name) => /^core(?:\.|$)/.test(name))), 'there is a core dump'),
  no_suid_in_workdir: ({ scene }) => bad(readdirSync(scene.work, { recursive: true, encoding: 'utf8' }).some((name) => (lstatSync(`${scene.work}/${name}`).mode & 0o6000) !== 0), 'there is a set-id file'),
  workdir_removed: ({ before }) => left(readdirSync('/tmp').filter((name) => !before.temporary.includes(name) && name.startsWith('dd0c-')).map((name) => ({ pid: 0, name, state: '' }))),
  no_sysv_left: () => bad(['shm', 'sem', 'msg'].some((kind) => readFileSync(`/proc/sysvipc/${kind}`, 'latin1').trim().split('\n').length > 1), 'SysV objects are left'),
  no_mqueue_left: () => bad(existsSync('/dev/mqueue') && readdirSync('/dev/mqueue').length > 0, 'message queues are left'),
  output_neutralised: ({ ended }) => bad(/[\p{Cf}\p{Zl}\p{Zp}]|(?![\n\t])\p{Cc}/u.test(ended.all), 'the output steers the terminal'),
  masked: ({ ended, scene: { granted } }, forms) => {
    const encodings: Readonly<Record<string, readonly string[]>> = { plain: [granted], base64: [Buffer.from(granted).toString('base64').slice(0, -4)], hex: [Buffer.from(granted).toString('hex')] };
    return bad(forms.split(',').some((form) => encodings[form]?.some((text) => ended.all.replaceAll('\n', '').includes(text))), `the granted secret is told in one of ${forms}`);
  },
  proxy_upstream_host_matches: ({ services }) => bad(services.hostsSeen().some((host) => !/^allowed\.test(?::80)?$/.test(host)), `upstream saw ${services.hostsSeen().join(', ')}`),
};

/** What is wrong with a run. A check that nobody knows is wrong too: it would pass unseen. */
export async function judge(run: Run): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const asked of run.found.check) {
    const [name = '', argument = '', second = ''] = asked.split(':');
    const answer = (await checks[name]?.(run, argument, second)) ?? (Object.hasOwn(checks, name) ? null : 'this check is not known');
    if (answer !== null) wrong.push(`${asked}: ${answer}`);
  }
  return wrong;
}

function changes(before: readonly string[], { out, state, home }: Scene): string | null {
  const found = differences(before, snapshot([out, state, home]));
  return found.length === 0 ? null : found.slice(0, 4).join('; ');
}

function modeOf(path: string): string {
  const { mode, uid, gid } = lstatSync(path);
  return `${mode} ${uid} ${gid}`;
}

/** The first look is a second after the result. */
async function after<T>(look: () => Promise<T>): Promise<T> {
  await pause(1000);
  return look();
}

function left(found: readonly Seen[]): string | null {
  return found.length === 0 ? null : `left: ${found.slice(0, 3).map(({ pid, name, state }) => `${pid} ${state} ${name.trim().slice(0, 80)}`).join('; ')}`;
}
