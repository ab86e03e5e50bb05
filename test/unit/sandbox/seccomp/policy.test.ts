import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { architectures } from '#sandbox/seccomp/architecture.ts';
import { assemble, encode, returnOf } from '#sandbox/seccomp/assemble.ts';
import { policyFor } from '#sandbox/seccomp/policy.ts';
import { isJudged, refused, type Rule, type Surroundings, type Test, type Verdict } from '#sandbox/seccomp/verdict.ts';
import { evaluate } from './evaluate.ts';

const flags = [false, true];
const everywhere: readonly Surroundings[] = flags.flatMap((namespaces) => flags.flatMap((network) => flags.flatMap((signalsScoped) => flags.map((truncationRuled) => ({ namespaces, network, signalsScoped, truncationRuled })))));
const tier1: Surroundings = { namespaces: true, network: false, signalsScoped: true, truncationRuled: true };
const tier2: Surroundings = { ...tier1, namespaces: false };

/** What the table says, read without the assembler. */
function ruled(rule: Rule, args: readonly bigint[]): Verdict {
  if (!isJudged(rule)) return rule;
  return rule.cases.find(({ when }) => when.every((one) => holds(one, args)))?.verdict ?? rule.otherwise;
}

function holds(one: Test, args: readonly bigint[]): boolean {
  const word = BigInt.asUintN(64, args[one.arg] ?? 0n);
  const low = Number(word & 0xffff_ffffn);
  switch (one.is) {
    case 'null':
      return word === 0n;
    case 'equal':
      return low === one.value >>> 0;
    case 'any-of':
      return (low & one.mask) !== 0;
    case 'masked':
      return (low & one.mask) >>> 0 === one.value >>> 0;
  }
}

/** Words near those that rules speak of, so that random calls meet them. */
const interesting = [0n, 1n, 2n, 3n, 5n, 6n, 10n, 12n, 16n, 262n, 0x5412n, 0x1_0000_5412n, 0o6000n, 0o100n, 0o20000000n, 0x20000000n, 0x10000000n, 0x7e020000n, 15n, 0xffff_ffffn, -1n, 0x1_0000_0000n];
const anyWord = fc.oneof(fc.constantFrom(...interesting), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }));
const anyArgs = fc.array(anyWord, { minLength: 6, maxLength: 6 });

describe.each(['x64', 'arm64'] as const)('the filter for %s', (arch) => {
  const { audit, numbers } = architectures[arch];
  const programs = everywhere.map((around) => ({ policy: policyFor(around), program: assemble(policyFor(around), architectures[arch]) }));

  test('gives each system call the verdict that the table says, whatever its arguments', () => {
    const names = Object.keys(numbers);
    fc.assert(
      fc.property(fc.constantFrom(...programs), fc.constantFrom(...names), anyArgs, ({ policy, program }, name, args) => {
        const verdict = evaluate(program, { number: numbers[name] ?? -1, audit, args });

        expect(verdict).toBe(returnOf(ruled(policy[name] ?? refused.perm, args)) >>> 0);
      }),
      { numRuns: 1500 },
    );
  });

  test('refuses what the table does not name, and answers numbers of later kernels as absent', () => {
    const { policy, program } = programs[0] ?? { policy: {}, program: [] };
    const known = new Map(Object.entries(numbers).map(([name, number]) => [number, name]));
    for (let number = 0; number < 1024; number += 1) {
      const name = known.get(number);
      if (name !== undefined && policy[name] !== undefined) continue;

      const verdict = evaluate(program, { number, audit, args: [0n, 0n, 0n, 0n, 0n, 0n] });

      expect(verdict).toBe(returnOf(name === undefined ? refused.absent : refused.perm));
    }
  });

  test('kills what comes by a foreign ABI', () => {
    fc.assert(
      fc.property(fc.constantFrom(...programs), fc.nat(0xffff_ffff), fc.nat(600), anyArgs, ({ program }, foreign, number, args) => {
        fc.pre(foreign !== audit);

        expect(evaluate(program, { number, audit: foreign, args })).toBe(0x80000000);
      }),
    );
    const ofX32 = evaluate(programs[0]?.program ?? [], { number: 0x40000000 | 39, audit, args: [] });
    expect(ofX32).toBe({ x64: returnOf('kill'), arm64: returnOf(refused.absent) }[arch]);
  });

  test('is of a size that the kernel takes, and one instruction is eight bytes', () => {
    for (const { program } of programs) {
      expect(program.length).toBeLessThan(4096);
      expect(encode(program).length).toBe(program.length * 8);
    }
  });
});

describe('what the table says', () => {
  const ask = (around: Surroundings, name: string, ...args: readonly (number | bigint)[]): Verdict => ruled(policyFor(around)[name] ?? refused.perm, args.map(BigInt));

  test('no policy names a system call that neither architecture has', () => {
    const known = new Set([...Object.keys(architectures.x64.numbers), ...Object.keys(architectures.arm64.numbers)]);
    for (const around of everywhere) expect(Object.keys(policyFor(around)).filter((name) => !known.has(name))).toEqual([]);
  });

  test.each([
    'ptrace process_vm_readv process_vm_writev pidfd_getfd process_madvise kcmp', 'mount umount2 pivot_root chroot move_mount open_tree fsopen fsmount mount_setattr', 'unshare setns', 'bpf perf_event_open userfaultfd',
    'keyctl add_key request_key', 'name_to_handle_at open_by_handle_at', 'kexec_load kexec_file_load init_module finit_module delete_module reboot', 'swapon swapoff acct quotactl syslog', 'sethostname setdomainname settimeofday clock_settime clock_adjtime adjtimex',
    'iopl ioperm modify_ldt', 'shmget shmat semget semop msgget msgsnd mq_open mq_unlink', 'fanotify_init fanotify_mark lookup_dcookie', 'vmsplice remap_file_pages migrate_pages move_pages', 'statmount listmount vhangup nfsservctl uselib',
  ])('refused everywhere: %s', (names) => {
    for (const around of everywhere) for (const name of names.split(' ')) expect([name, ask(around, name)]).toEqual([name, refused.perm]);
  });

  test.each(['clone3', 'io_uring_setup', 'io_uring_enter', 'memfd_create', 'memfd_secret', 'openat2', 'io_setup', 'fchmodat2'])('absent everywhere: %s', (name) => {
    for (const around of everywhere) expect(ask(around, name)).toEqual(refused.absent);
  });

  test('no new namespaces by clone, but processes and threads', () => {
    expect(ask(tier2, 'clone', 17)).toBe('allow');
    expect(ask(tier2, 'clone', 0x3d0f00)).toBe('allow');
    for (const flag of [0x20000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000]) expect(ask(tier2, 'clone', flag | 17)).toEqual(refused.perm);
  });

  test('terminals take no keystrokes, also where bits are set that the kernel does not look at', () => {
    for (const request of [0x5412n, 0x1_0000_5412n, 0xffff_ffff_0000_541cn]) expect(ask(tier1, 'ioctl', 0, request)).toEqual(refused.perm);
    expect(ask(tier1, 'ioctl', 0, 0x5401)).toBe('allow');
  });

  test('nobody is sent signals by way of a descriptor', () => {
    for (const command of [8, 10, 15]) expect(ask(tier1, 'fcntl', 3, command)).toEqual(refused.perm);
    expect(ask(tier1, 'fcntl', 3, 4)).toBe('allow');
    for (const request of [0x8901, 0x8902]) expect(ask(tier1, 'ioctl', 3, request)).toEqual(refused.perm);
  });

  test('files get no set-id bits and are no devices', () => {
    expect(ask(tier1, 'openat', 0, 0, 0o101, 0o4755)).toEqual(refused.perm);
    expect(ask(tier1, 'openat', 0, 0, 0, 0o4755)).toBe('allow'); // without O_CREAT the kernel takes no mode
    expect(ask(tier1, 'mknodat', 0, 0, 0o010644, 0)).toBe('allow');
    expect(ask(tier1, 'mknodat', 0, 0, 0o060644, 0)).toEqual(refused.perm);
    expect(ask(tier1, 'mknodat', 0, 0, 0o020644, 0)).toEqual(refused.perm);
    expect(ask(tier1, 'fchmodat', 0, 0, 0o2755)).toEqual(refused.perm);
  });

  test('without a mount namespace, modes and times are put to the broker, and owners refused', () => {
    for (const name of ['chmod', 'fchmod', 'fchmodat', 'utimensat']) expect([name, ask(tier2, name, 1, 0o644, 0o644)]).toEqual([name, 'ask']);
    for (const name of ['chown', 'fchown', 'fchownat', 'lchown']) expect(ask(tier2, name)).toEqual(refused.perm);
  });

  test('sockets are TCP and the resolver route; nothing that names a unix peer, no UDP, no MPTCP', () => {
    const online = { ...tier2, network: true };
    expect(ask(online, 'socket', 2, 1 | 0o2000000, 0)).toBe('allow');
    expect(ask(online, 'socket', 10, 1, 6)).toBe('allow');
    for (const [family, type, protocol] of [[1, 1, 0], [1, 2, 0], [2, 2, 0], [2, 2, 17], [2, 1, 262], [2, 1, 132], [2, 3, 1], [16, 3, 9], [17, 3, 0], [38, 5, 0], [40, 1, 0]] as const) expect(ask(online, 'socket', family, type, protocol)).toEqual(refused.family);
    expect(ask(tier2, 'socket', 2, 1, 0)).toEqual(refused.family);
    expect(ask(tier2, 'socketpair', 1, 1, 0)).toBe('allow');
    expect(ask(tier2, 'socketpair', 1, 2, 0)).toEqual(refused.family); // a datagram of a pair can be sent to any name
  });

  test('a connection is the broker’s to make, and Fast Open makes none', () => {
    expect(ask({ ...tier2, network: true }, 'connect', 3)).toBe('ask');
    expect(ask(tier2, 'connect', 3)).toEqual(refused.access);
    expect(ask(tier1, 'sendto', 3, 0, 0, 0x20000000)).toEqual(refused.perm);
    expect(ask(tier1, 'sendmsg', 3, 0, 0x20000000)).toEqual(refused.perm);
  });

  test('limits, priorities and schedulers are a process’s own, and the mark is nobody’s to change', () => {
    expect(ask(tier2, 'prlimit64', 0, 7, 1)).toBe('allow');
    expect(ask(tier2, 'prlimit64', 4711, 7, 1)).toEqual(refused.perm);
    expect(ask(tier2, 'prlimit64', 0, 15, 1n << 32n)).toEqual(refused.perm);
    expect(ask(tier2, 'prlimit64', 0, 15, 0)).toBe('allow');
    expect(ask(tier2, 'setrlimit', 15)).toEqual(refused.perm);
    expect(ask(tier2, 'setpriority', 0, 0)).toBe('allow');
    expect(ask(tier2, 'setpriority', 2, 0)).toEqual(refused.perm);
    expect(ask(tier2, 'sched_setaffinity', 4711)).toEqual(refused.perm);
    expect(ask(tier2, 'ioprio_set', 1, 4711)).toEqual(refused.perm);
  });

  test('below ABI 6 of Landlock, signals are put to the broker; none goes to everybody', () => {
    const unscoped = { ...tier2, signalsScoped: false };
    expect(ask(unscoped, 'kill', 0, 15)).toBe('allow');
    expect(ask(unscoped, 'kill', -1, 9)).toEqual(refused.perm);
    expect(ask(unscoped, 'kill', 4711, 9)).toBe('ask');
    expect(ask(unscoped, 'pidfd_send_signal', 3, 9)).toEqual(refused.perm);
    expect(ask(tier2, 'kill', 4711, 9)).toBe('allow');
  });

  test('no filter of the step’s own, no tracer, no personality that makes addresses guessable', () => {
    expect(ask(tier1, 'seccomp', 1, 8)).toEqual(refused.perm);
    expect(ask(tier1, 'prctl', 22, 2)).toEqual(refused.perm);
    expect(ask(tier1, 'prctl', 0x59616d61, -1)).toEqual(refused.perm);
    expect(ask(tier1, 'prctl', 15)).toBe('allow');
    expect(ask(tier1, 'personality', 0x40000)).toEqual(refused.perm);
    expect(ask(tier1, 'personality', -1)).toBe('allow');
  });

  test('below ABI 3 of Landlock, nothing truncates what it only reads', () => {
    const old = { ...tier2, truncationRuled: false };
    expect(ask(old, 'openat', 0, 0, 0o1000)).toEqual(refused.perm);
    expect(ask(old, 'openat', 0, 0, 0o1101, 0o644)).toBe('allow');
    expect(ask(old, 'truncate')).toEqual(refused.perm);
  });
});

