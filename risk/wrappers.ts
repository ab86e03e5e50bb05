import type { Args, OptionTable } from './args.ts';
import type { Call, Stdin } from './context.ts';
import { forbids, endangers, changes, type Ruling, type Rulings } from './ruling.ts';
import { hole, isKnown, type Value } from './shell/value.ts';

/** A program that runs the command in its arguments. Its options are known one by one: the inner command begins behind them. */
export interface Wrapper {
  readonly names: string;
  readonly options?: OptionTable;
  /** Options known by another pattern than the table's. */
  readonly lone?: string;
  readonly flags?: readonly Rulings[];
  /** What it means in itself. */
  readonly risk?: Ruling;
  /** Operands before the command, such as the duration of `timeout`. */
  readonly skip?: number;
  /** `NAME=value` may stand before the command. */
  readonly assignments?: boolean;
  /** The words are joined and read by a shell. */
  readonly text?: boolean;
  /** Without a command. */
  readonly bare?: Ruling;
  readonly before?: (call: Call, args: Args) => void;
  /** What the inner command reads. */
  readonly stdin?: (call: Call) => Stdin;
  readonly extend?: (inner: readonly Value[], call: Call, args: Args) => readonly Value[];
}

const shellInside: Ruling = { risk: 'dangerous', rule: 'interactive-shell', why: 'It opens a shell, and what is typed there is not known.' };
const shows: Ruling = { risk: 'read_only', why: 'It only shows something.' };

const wrappers: readonly Wrapper[] = [
  {
    names: 'sudo doas sudo-rs pkexec gosu su-exec',
    options: {
      valued: '-u --user -g --group -h --host -p --prompt -C --close-from -D --chdir -R --chroot -r --role -t --type -T --command-timeout -U --other-user -a -c',
      plain: '-A --askpass -b --background -B --bell -E --preserve-env -H --set-home -i --login -k --reset-timestamp -K --remove-timestamp -l --list -n --non-interactive -N --no-update -P --preserve-groups -S --stdin -s --shell -v --validate -L',
    },
    flags: [endangers('--edit|-e', 'It opens an editor as another user.')],
    assignments: true,
    bare: { risk: 'read_only', why: 'It only checks or shows rights.' },
    before(call, args) {
      if (args.operands.length === 0 && args.has('-s', '-i', '--shell', '--login')) call.add('dangerous', 'interactive-shell', shellInside.why, call.span);
      if (args.has('-R', '--chroot', '-D')) call.add('caution', `${call.name}.elsewhere`, 'It runs in another root or folder.', call.span);
    },
    extend: (inner, call) => (/^(gosu|su-exec)$/.test(call.name) ? inner.slice(1) : inner),
  },
  {
    names: 'env genv',
    options: { valued: '-u --unset -C --chdir -a --argv0 -S --split-string', plain: '-i --ignore-environment -0 --null -v --debug --block-signal --default-signal --ignore-signal --list-signal-handling' },
    lone: '-',
    assignments: true,
    bare: { risk: 'caution', rule: 'sensitive-read', why: 'It shows the environment, which may hold secrets.' },
    before(call, args) {
      if (args.operands.length === 0) call.context.report.note('reads-secret', call.span);
      for (const { name, value } of args.options) {
        if (name !== '-S' && name !== '--split-string') continue;
        if (value === undefined || !isKnown(value)) call.add('dangerous', 'code-unknown', 'Only the run will know which command this is.', value);
        else call.context.run([...call.argv.slice(0, 1), ...value.text.split(/\s+/).filter((word) => word !== '').map((text) => ({ text: text.replaceAll(/["'\\]/g, ''), span: value.span })), ...args.operands]);
      }
    },
    extend: (inner) => (inner[0]?.text === '-' ? inner.slice(1) : inner),
  },
  { names: 'timeout gtimeout', options: { valued: '-k --kill-after -s --signal', plain: '-f --foreground -p --preserve-status -v --verbose' }, skip: 1 },
  { names: 'nice gnice', options: { valued: '-n --adjustment', plain: '-0 -1 -2 -3 -4 -5 -6 -7 -8 -9 --' }, bare: shows },
  { names: 'ionice', options: { valued: '-c --class -n --classdata -p --pid -P --pgid -u --uid', plain: '-t --ignore' }, bare: changes('x', 'It changes how a process may use the disk.') },
  { names: 'chrt', options: { valued: '-T -P -D', plain: '-a -b -d -e -f -i -m -o -p -r -R -v' }, skip: 1, bare: changes('x', 'It changes how a process is scheduled.') },
  { names: 'taskset', options: { plain: '-a --all-tasks -c --cpu-list -p --pid' }, skip: 1 },
  { names: 'numactl', options: { valued: '-i --interleave -m --membind -N --cpunodebind -C --physcpubind -p --preferred -l', plain: '-s --show -H --hardware -a --all' }, bare: shows },
  { names: 'cpulimit', options: { valued: '-l --limit -p --pid -e --exe -P --path', plain: '-z --lazy -i --include-children -v --verbose -f --foreground -b --background -k' }, bare: changes('x', 'It slows a process down.') },
  { names: 'prlimit', options: { valued: '-p --pid -o --output', plain: '--noheadings --raw --verbose -c -d -e -f -i -l -m -n -q -r -s -t -u -v -x -y' }, bare: shows },
  { names: 'nohup time gtime caffeinate command builtin exec stdbuf unbuffer chronic ifne linux32 linux64 i386 setarch catchsegv dbus-run-session fakeroot proot faketime eatmydata firejail torsocks proxychains proxychains4 tsocks trickle softlimit chpst setuidgid envuidgid sem retry loop busybox toybox coproc noglob nocorrect pv-run zpool-run vaulted-exec do',
    options: { valued: '-o --output -f --format -i --input -e --error -a -t', plain: '-c --ctty -f --fork -w --wait -p --portability -v --verbose -V --append -l -q -n -d -s -m -u -R -3 -B -L' },
    before(call, args) {
      if (call.name === 'command' && args.has('-v', '-V')) return;
      if (/^(torsocks|proxychains4?|tsocks|proot|firejail)$/.test(call.name)) call.add('dangerous', call.name, 'It runs the command behind another network or root.', call.argv[0]);
      if (call.name === 'time' || call.name === 'gtime') if (args.valueOf('-o', '--output')) call.add('caution', 'time.output', 'It writes a file.', call.span);
    },
    extend: (inner, call, args) => (call.name === 'command' && args.has('-v', '-V') ? [{ text: 'true', span: call.span }] : /^(faketime|retry|loop|setuidgid|envuidgid|setarch)$/.test(call.name) ? inner.slice(1) : inner),
    bare: shows,
  },
  { names: 'strace ltrace', options: { valued: '-e -o -p -s -S -u -E -a -b -I -O -P -U -X', plain: '-f -ff -c -C -d -D -h -i -k -n -q -qq -r -t -tt -ttt -T -v -V -w -x -xx -y -yy -Z -z' }, before: trace, bare: shows },
  { names: 'perf', options: {}, bare: shows, extend: (inner) => inner },
  { names: 'setsid', options: { plain: '-c --ctty -f --fork -w --wait' }, bare: shows },
  { names: 'flock', options: { valued: '-w --wait --timeout -E --conflict-exit-code', plain: '-s --shared -x -e --exclusive -u --unlock -n --nb --nonblock -o --close -F --no-fork -v --verbose --fcntl' }, skip: 1, bare: shows, extend: flocked },
  { names: 'watch viddy hwatch', options: { valued: '-n --interval -q --equexit -s --shotsdir', plain: '-b --beep -c --color -C --no-color -d --differences -e --errexit -g --chgexit -p --precise -r --no-rerun -t --no-title -w --no-wrap -x --exec' }, text: true },
  { names: 'eval', text: true, bare: shows },
  { names: 'chroot', options: { valued: '--userspec --groups -u -g -G', plain: '--skip-chdir' }, risk: { risk: 'caution', why: 'It runs in another root, where programs may be others.' }, skip: 1, bare: shellInside },
  { names: 'nsenter', options: { valued: '-t --target -S --setuid -G --setgid', plain: '-a --all -m --mount -u --uts -i --ipc -n --net -p --pid -C --cgroup -U --user -T --time --preserve-credentials --keep-caps -r --root -w --wd -W --wdns -e --env -F --no-fork -Z --follow-context -c --join-cgroup' }, risk: { risk: 'dangerous', why: 'It leaves its own namespaces for those of another process.' }, bare: shellInside },
  { names: 'unshare', options: { valued: '-R --root -w --wd -S --setuid -G --setgid --propagation --setgroups --map-user --map-group --map-users --map-groups', plain: '-i --ipc -m --mount -n --net -p --pid -u --uts -U --user -C --cgroup -T --time -f --fork --kill-child --mount-proc -r --map-root-user --map-auto -c --map-current-user --keep-caps' }, risk: { risk: 'caution', why: 'It makes namespaces of its own.' }, bare: shellInside },
  { names: 'bwrap', options: {}, risk: { risk: 'dangerous', why: 'It builds a sandbox of its own.' }, bare: shows },
  { names: 'capsh', options: {}, risk: { risk: 'dangerous', why: 'It changes capabilities and runs a shell.' } },
  { names: 'systemd-run systemd-inhibit', options: { valued: '-u --unit -p --property -M --machine -H --host -E --setenv --description --slice --uid --gid --nice --on-active --on-boot --on-calendar --on-unit-active --working-directory --what --who --why --mode --service-type', plain: '-q --quiet -t --pty -P --pipe -S --shell -r --remain-after-exit -d --same-dir -G --collect --scope --user --system --wait --no-block --no-ask-password --send-sighup --slice-inherit' }, flags: [forbids('--on-active|--on-boot|--on-calendar|--on-unit-active|--on-startup|--on-unit-inactive|--timer-property|--path-property', 'It plants something that runs later, on its own.', 'persistence'), endangers('-S|--shell|-H|--host|-M|--machine', 'It runs somewhere else, or opens a shell.')], risk: { risk: 'caution', why: 'It starts a unit of its own.' }, bare: shellInside },
  { names: 'ld.so ld-linux.so.2 ld-linux-x86-64.so.2 ld-linux-aarch64.so.1', options: { valued: '--library-path --preload --audit --argv0 --inhibit-rpath', plain: '--list --verify --inhibit-cache' }, risk: { risk: 'dangerous', why: 'The loader runs any file as a program.' } },
  { names: 'start-stop-daemon daemonize supervise', options: {}, risk: { risk: 'dangerous', why: 'It starts or stops a process that outlives the step.' } },
];

function trace(call: Call, args: Args): void {
  if (args.operands.length > 0) call.add('caution', call.name, 'It sees everything that the program does, secrets too.', call.argv[0]);
  if (args.has('-p', '-P')) call.add('dangerous', `${call.name}.attach`, 'It slows a process down and sees its secrets.', call.span);
}

/** `flock FILE COMMAND…`, `flock FILE -c CODE`, or a file descriptor alone. */
function flocked(inner: readonly Value[], call: Call): readonly Value[] {
  const [option, code] = inner;
  if (option?.text !== '-c' && option?.text !== '--command') return inner;
  return [{ text: 'sh', span: option.span }, { text: '-c', span: option.span }, code ?? { text: hole, span: call.span }];
}

const byName = new Map(wrappers.flatMap((wrapper) => wrapper.names.split(' ').map((name) => [name, wrapper] as const)));

export function wrapperNamed(name: string): Wrapper | undefined {
  return byName.get(name);
}
