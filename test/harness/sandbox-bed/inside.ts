import { spawnSync } from 'node:child_process';
import { chownSync, lstatSync, readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { type Ended, runAgent } from './agent-run.ts';
import type { EscapeCase, Verdict, Way } from './case.ts';
import { judge } from './checks.ts';
import { conditionOf, processes } from './processes.ts';
import { fill, layScene, wordsOf } from './scene.ts';
import { startServices } from './services.ts';
import { snapshot } from './snapshot.ts';

/** Runs one case in the bed that it finds itself in, and writes the verdict as one line. */
export interface InsideTask {
  readonly found: EscapeCase;
  readonly way: Way;
  readonly tls: { readonly key: string; readonly cert: string };
  readonly executable: string | null;
}

const { found, way, tls, executable } = (await json(process.stdin)) as InsideTask; // from `bed.ts`
const uid = way.as === 'root' ? 0 : 1001;
const scene = layScene(uid);
const services = await startServices({ secret: scene.secret, socket: `${scene.out}/docker.sock`, datagram: `${scene.out}/log.sock`, abstract: 'sbx-abstract', tls });
const words = wordsOf(scene, services.ports);
const run = { found, way, scene, words, executable };

if (found.pre !== undefined) spawnSync('bash', ['-c', fill(found.pre, words)], { cwd: scene.work, uid, gid: uid });
await pause(50); // the stand-in makes itself undumpable
const before = {
  files: snapshot([scene.out, scene.state, scene.home]),
  agent: conditionOf(scene.agentPid).settings,
  pids: new Set(processes().map(({ pid }) => pid)),
  key: modeOf(`${scene.state}/agent.key`),
  temporary: readdirSync('/tmp'),
};
const timed = ['within_limits', 'killed_in_time', 'step_returns_within_s'].some((name) => found.check.some((check) => check.startsWith(name)));
const emptySeconds = timed ? (await runScript('true', 0)).seconds : 0;
const watching = watchPorts();
const ended = await runScript(found.script, 1);
const last = found.script2 === undefined ? ended : joined(ended, await runScript(found.script2, 2));
const during = await watching.stop();
const reasons = await judge({ found, scene, services, mark: words['MARK'] ?? '', ended: last, before, emptySeconds, during });
const verdict: Verdict = { id: found.id, category: found.category, state: reasons.length === 0 ? 'passed' : 'failed', reasons, seconds: last.seconds, said: `${last.out.slice(-2000)}\n--\n${last.err.slice(-2000)}` };
process.stdout.write(`${JSON.stringify(verdict)}\n`, () => process.exit(0));

async function runScript(text: string, number: number): Promise<Ended> {
  const scriptFile = `/usr/share/sbx-step-${number}.sh`; // by file: in argv it would find itself
  writeFileSync(scriptFile, fill(text, words), { mode: 0o644 });
  chownSync(scriptFile, 0, 0);
  return runAgent({ ...run, script: text, scriptFile });
}

function joined(first: Ended, second: Ended): Ended {
  return { ...second, out: first.out + second.out, err: first.err + second.err, all: first.all + second.all, seconds: Math.max(first.seconds, second.seconds) };
}

/** Knocks from outside while the step runs. */
function watchPorts(): { stop(): Promise<{ readonly portReached: boolean; readonly stolen: number }> } {
  let portReached = false;
  const over = new AbortController();
  const looking = (async () => {
    while (!over.signal.aborted) {
      if ((await reach(services.ports.free)) !== null) portReached = true;
      await pause(100);
    }
  })();
  return {
    stop: async () => {
      over.abort();
      await looking;
      let stolen = 0;
      if (found.check.includes('port_not_stolen')) for (let count = 0; count < 20; count += 1) if ((await reach(services.ports.reuse)) !== 'AGENT') stolen += 1;
      return { portReached, stolen };
    },
  };
}

async function reach(port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(500, () => socket.destroy());
    let got = '';
    socket.on('data', (bytes: Buffer) => (got += bytes.toString()));
    socket.once('error', () => resolve(null));
    socket.once('close', () => resolve(got));
  });
}

function modeOf(path: string): string {
  const { mode, uid: owner, gid } = lstatSync(path);
  return `${mode} ${owner} ${gid}`;
}

