import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { attack } from './canary.ts';
import { type Kernel, openKernel } from './kernel.ts';
import { controlFd, type LandlockPlan, type LaunchPlan, type LaunchWord } from './plan.ts';

/**
 * Runs in a process of its own and becomes the step: it takes its plan from the control channel, gives up every right that
 * the step is not to have, and executes the command. It only ever loses rights, and whatever fails ends it before the
 * command has run. It may wait for its plan for long: meanwhile it holds nothing of the agent's, no process of the same
 * user can look into it, and it ends with the agent.
 */
export function launch(): void {
  const kernel = openKernel();
  kernel.call('prctl', 1, 9, 0, 0, 0);
  setDumpable(0, kernel);
  say({ say: 'ready' });
  const plan = hear();
  setDumpable(1, kernel); // so that the agent can take descriptors over
  const must = (at: string, answer: number): number => {
    if (answer >= 0) return answer;
    say({ say: 'failed', at, errno: -answer });
    return leave(kernel, 125);
  };

  if (process.ppid === 1 && plan.identity !== null) process.exit(125); // the agent is gone
  if (plan.hidesOthers) hideOthers(kernel);
  must('no-new-privileges', kernel.call('prctl', 38, 1, 0, 0, 0));
  become(plan.identity);
  const none = Buffer.alloc(8);
  none.writeUInt32LE(0x20080522, 0); // the third version of the call
  must('capabilities', kernel.call('capset', none, Buffer.alloc(24)));
  must('death signal', kernel.call('prctl', 1, 9, 0, 0, 0)); // after the change of identity, which clears it
  process.umask(0o022);
  must('working folder', chdir(plan.cwd));
  if (plan.proxyPort !== null) {
    say({ say: 'proxy', fd: listenOn(plan.proxyPort, kernel, must) });
    waitForGo();
  }
  if (plan.landlock !== null) confine(plan.landlock, kernel, must);
  must('descriptors', kernel.call('close_range', 3, 0xffffffff, 4)); // closed by the exec
  for (const fd of [0, 1, 2]) must('standard streams', kernel.call('fcntl', fd, 2, 0)); // Node closes these too
  resetSignals(kernel, must);
  const limit = Buffer.alloc(16);
  for (const [resource, value] of plan.rlimits) {
    limit.writeBigUInt64LE(BigInt(value), 0);
    limit.writeBigUInt64LE(BigInt(value), 8);
    must(`limit ${resource}`, kernel.call('prlimit64', 0, resource, limit, 0));
  }
  if (plan.filter !== null) {
    const listener = must('seccomp', filter(Buffer.from(plan.filter, 'base64'), plan.asksBroker, kernel));
    if (plan.asksBroker) {
      say({ say: 'broker', fd: listener });
      waitForGo();
    }
  }
  if (plan.run.kind === 'canary') {
    say({ say: 'canary', through: attack(kernel, plan.run.attacks) });
    leave(kernel, 0);
    return;
  }
  say({ say: 'set' });
  waitForGo();
  execute(plan.run, kernel);
}

function say(word: LaunchWord): void {
  writeSync(controlFd, `${JSON.stringify(word)}\n`);
}

/** Length first, so that the channel can stay open for what follows. */
function hear(): LaunchPlan {
  const bytes = exactly(exactly(4).readUInt32LE(0));
  return JSON.parse(bytes.toString('utf8')) as LaunchPlan; // written by the agent's own process, by the same version
}

function exactly(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; ) {
    const count = readSync(controlFd, bytes, at, length - at, null);
    if (count === 0) process.exit(125); // the agent is gone
    at += count;
  }
  return bytes;
}

function setDumpable(value: 0 | 1, kernel: Kernel): void {
  kernel.call('prctl', 4, value, 0, 0, 0);
}

function waitForGo(): void {
  exactly(1);
}

function become(identity: LaunchPlan['identity']): void {
  if (identity === null) return;
  process.setgroups?.([identity.gid]);
  process.setgid?.(identity.gid);
  process.setuid?.(identity.uid);
}

/**
 * A `/proc` of the step's own, in which it finds the processes of its own user alone. Root without the right to mount, as
 * in most containers, leaves it at the one of the host: Landlock then still keeps what those processes hold.
 */
function hideOthers(kernel: Kernel): void {
  const path = Buffer.from('/proc\0');
  const nowhere = Buffer.from('none\0');
  if (kernel.call('unshare', 0x20000) < 0) return; // CLONE_NEWNS
  if (kernel.call('mount', nowhere, Buffer.from('/\0'), nowhere, 0x84000, 0) < 0) return; // MS_REC | MS_SLAVE: what the host unmounts goes here too
  kernel.call('mount', Buffer.from('proc\0'), path, Buffer.from('proc\0'), 2 | 4 | 8, Buffer.from('hidepid=invisible\0')); // no set-id, no devices, no programs
}

function chdir(path: string): number {
  try {
    process.chdir(path);
    return 0;
  } catch {
    return -2;
  }
}

type Must = (at: string, answer: number) => number;

function listenOn(port: number, kernel: Kernel, must: Must): number {
  const socket = must('proxy socket', kernel.call('socket', 2, 1, 0));
  const address = Buffer.alloc(16);
  address.writeUInt16LE(2, 0);
  address.writeUInt16BE(port, 2);
  address.set([127, 0, 0, 1], 4);
  must('proxy address', kernel.call('bind', socket, address, 16));
  must('proxy listening', kernel.call('listen', socket, 128));
  return socket;
}

function confine({ handledFs, handledNet, scoped, rules }: LandlockPlan, kernel: Kernel, must: Must): void {
  const attributes = Buffer.alloc(24);
  for (const [index, value] of [handledFs, handledNet, scoped].entries()) attributes.writeBigUInt64LE(BigInt(value), index * 8);
  const size = scoped !== 0 ? 24 : handledNet !== 0 ? 16 : 8;
  const ruleset = must('landlock', kernel.call('landlock_create_ruleset', attributes, size, 0));
  const below = Buffer.alloc(12);
  for (const { path, access } of rules) {
    const fd = open(path);
    if (fd === null) continue;
    const given = fstatSync(fd).isDirectory() ? access : access & (1 | 2 | 4 | (1 << 14) | (1 << 15)); // what a file can be given
    below.writeBigUInt64LE(BigInt(given), 0);
    below.writeInt32LE(fd, 8);
    must(`landlock ${path}`, kernel.call('landlock_add_rule', ruleset, 1, below, 0));
    closeSync(fd);
  }
  must('landlock', kernel.call('landlock_restrict_self', ruleset, 0));
  closeSync(ruleset);
}

function open(path: string): number | null {
  try {
    return openSync(path, 0o10000000 | 0o2000000); // O_PATH | O_CLOEXEC
  } catch {
    return null;
  }
}

/** Node ignores SIGPIPE, and an exec would keep that. */
function resetSignals(kernel: Kernel, must: Must): void {
  const defaults = Buffer.alloc(32);
  for (let signal = 1; signal <= 64; signal += 1) {
    if (signal !== 9 && signal !== 19 && signal !== 32 && signal !== 33) kernel.call('rt_sigaction', signal, defaults, 0, 8);
  }
  must('signals', kernel.call('rt_sigprocmask', 2, Buffer.alloc(8), 0, 8));
}

function filter(program: Buffer, withListener: boolean, kernel: Kernel): number {
  const head = Buffer.alloc(16);
  head.writeUInt16LE(program.length / 8, 0);
  head.writeBigUInt64LE(BigInt.asUintN(64, kernel.addressOf(program)), 8);
  if (!withListener) return kernel.call('seccomp', 1, 0, head);
  const killable = kernel.call('seccomp', 1, 8 | 32, head); // a signal does not make the broker's work be done twice
  return killable === -22 ? kernel.call('seccomp', 1, 8, head) : killable;
}

/** Does not come back unless nothing could be executed; then it says so as a shell would. */
function execute({ paths, argv, env }: Extract<LaunchPlan['run'], { kind: 'program' }>, kernel: Kernel): void {
  const list = pointers(argv, kernel);
  const variables = pointers(env, kernel);
  let errno = 2;
  for (const path of paths) {
    const answer = -kernel.call('execve', Buffer.from(`${path}\0`), list.table, variables.table);
    if (answer !== 2 && answer !== 20) errno = answer; // a file that may not be run tells more than one that is not there
  }
  const missing = errno === 2;
  writeSync(2, `${argv[0] ?? ''}: ${missing ? 'command not found' : errno === 8 ? 'not a program' : 'permission denied'}\n`);
  say({ say: 'failed', at: 'exec', errno });
  leave(kernel, missing ? 127 : 126);
}

/** At once: what Node does on its way out is no longer allowed here. */
function leave(kernel: Kernel, code: number): number {
  return kernel.call('exit_group', code);
}

/** The texts live as long as the table does. */
function pointers(texts: readonly string[], kernel: Kernel): { readonly table: Buffer; readonly texts: readonly Buffer[] } {
  const bytes = texts.map((text) => Buffer.from(`${text}\0`));
  const table = Buffer.alloc((bytes.length + 1) * 8);
  for (const [index, text] of bytes.entries()) table.writeBigUInt64LE(BigInt.asUintN(64, kernel.addressOf(text)), index * 8);
  return { table, texts: bytes };
}
