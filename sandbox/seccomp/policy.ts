import { absent, allowed, attributes } from './allowed.ts';
import { type Judged, type Policy, refused, type Rule, type Surroundings, type Test, type Verdict } from './verdict.ts';

const setIdBits = 0o6000;
const create = 0o100 | 0o20000000; // O_CREAT, __O_TMPFILE
const fastOpen = 0x20000000;
const newNamespaces = 0x7e020000;
const [unix, inet, inet6, netlink] = [1, 2, 10, 16];
const [stream, datagram, raw, sequenced] = [1, 2, 3, 5];

/** The rules of a step's system calls. Deny is what happens to everything that is not written here. */
export function policyFor(around: Surroundings): Policy {
  return {
    ...each(Object.values(allowed).join(' '), 'allow'),
    ...each(absent, refused.absent),
    ...each(attributes, refused.unsupported),
    ...openings(around),
    ...modes(around),
    ...others(around),
    ...sockets(around),
    ...self(),
  };
}

/** Files come into being without set-id bits and are no devices. */
function openings({ truncationRuled, namespaces }: Surroundings): Policy {
  const opens = (flags: number, mode: number): Judged => ({
    cases: [
      { when: [bits(flags, create), bits(mode, setIdBits)], verdict: refused.perm },
      ...(truncationRuled ? [] : [{ when: [masked(flags, 0o1003, 0o1000)], verdict: refused.perm }]), // truncates though it only reads
    ],
    otherwise: 'allow',
  });
  const makes = (mode: number): Judged => unless([[bits(mode, setIdBits)]], 'allow');
  const node = (mode: number): Judged => ({
    cases: [
      { when: [bits(mode, setIdBits)], verdict: refused.perm },
      ...[0, 0o100000, 0o010000, 0o140000].map((kind) => ({ when: [masked(mode, 0o170000, kind)], verdict: 'allow' as const })), // file, fifo, socket
    ],
    otherwise: refused.perm,
  });
  return {
    open: opens(1, 2),
    openat: opens(2, 3),
    creat: makes(1),
    mkdir: makes(1),
    mkdirat: makes(2),
    mknod: node(1),
    mknodat: node(2),
    truncate: truncationRuled ? 'allow' : refused.perm,
    ...each('inotify_init inotify_init1 inotify_add_watch inotify_rm_watch', namespaces ? 'allow' : refused.perm),
  };
}

/** Mode, owner and times are outside Landlock: without a mount namespace the broker looks where the path or descriptor leads. */
function modes({ namespaces }: Surroundings): Policy {
  const byPath: Verdict = namespaces ? 'allow' : 'ask';
  return {
    chmod: unless([[bits(1, setIdBits)]], byPath),
    fchmod: unless([[bits(1, setIdBits)]], byPath),
    fchmodat: unless([[bits(2, setIdBits)]], byPath),
    utimensat: byPath,
    ...each('utime utimes futimesat', namespaces ? 'allow' : refused.absent),
    ...each('chown fchown lchown fchownat', namespaces ? 'allow' : refused.perm),
  };
}

/** What reaches other processes. */
function others({ namespaces, signalsScoped }: Surroundings): Policy {
  const signal: Rule = signalsScoped || namespaces ? 'allow' : { cases: [{ when: [equals(0, 0)], verdict: 'allow' }, { when: [equals(0, -1)], verdict: refused.perm }], otherwise: 'ask' };
  return {
    ...each('kill tkill tgkill', signal),
    pidfd_send_signal: signalsScoped || namespaces ? 'allow' : refused.perm,
    prlimit64: {
      cases: [
        { when: [equals(0, 0), { arg: 2, is: 'null' }], verdict: 'allow' },
        { when: [equals(1, markerResource)], verdict: refused.perm },
        { when: [equals(0, 0)], verdict: 'allow' },
      ],
      otherwise: refused.perm,
    },
    setrlimit: unless([[equals(0, markerResource)]], 'allow'),
    ...each('sched_setaffinity sched_setscheduler sched_setparam sched_setattr', onlyIf([[equals(0, 0)]])),
    setpriority: onlyIf([[equals(0, 0), equals(1, 0)]]),
    ioprio_set: onlyIf([[equals(0, 1), equals(1, 0)]]),
    clone: unless([[bits(0, newNamespaces)]], 'allow'),
    fcntl: unless([8, 10, 15].map((command) => [equals(1, command)]), 'allow'), // F_SETOWN, F_SETSIG, F_SETOWN_EX: any signal to anybody of this user
    ioctl: unless([0x5412, 0x541c, 0x5423, 0x541d, 0x540e, 0x4b4e, 0x8901, 0x8902].map((request) => [equals(1, request)]), 'allow'), // TIOCSTI, TIOCLINUX, TIOCSETD, TIOCCONS, TIOCSCTTY, KDSIGACCEPT, FIOSETOWN, SIOCSPGRP
  };
}

/**
 * TCP alone, and only where there is somewhere to go. A unix socket that can name a peer is refused: before ABI 9 Landlock
 * does not rule which. Pairs of streams are harmless, pairs of datagrams are not: they can be sent to any name.
 */
function sockets({ namespaces, network }: Surroundings): Policy {
  const internet = [inet, inet6].flatMap((family) => [0, 6].map((protocol) => ({ when: [equals(0, family), masked(1, 0xf, stream), equals(2, protocol)], verdict: 'allow' as const })));
  const route = [raw, datagram].map((type) => ({ when: [equals(0, netlink), masked(1, 0xf, type), equals(2, 0)], verdict: 'allow' as const }));
  const sends = (flags: number): Rule => unless([[bits(flags, fastOpen)]], 'allow');
  return {
    socket: { cases: [...(namespaces || network ? internet : []), ...route], otherwise: refused.family },
    socketpair: { cases: [stream, sequenced].map((type) => ({ when: [equals(0, unix), masked(1, 0xf, type)], verdict: 'allow' as const })), otherwise: refused.family },
    connect: namespaces ? 'allow' : network ? 'ask' : refused.access,
    // The resolver binds its netlink socket; a bound port would be the host's.
    bind: namespaces ? 'allow' : onlyIf([[equals(2, 12)]], refused.access),
    listen: namespaces ? 'allow' : refused.access,
    sendto: sends(3),
    sendmsg: sends(2),
    sendmmsg: sends(3),
  };
}

/** What a process may make of itself. */
function self(): Policy {
  const options = [1, 2, 3, 4, 7, 8, 15, 16, 21, 23, 24, 25, 27, 29, 30, 36, 37, 38, 39, 40, 41, 42, 47, 50, 51, 52, 53, 54, 55, 56, 63, 64, 65, 66, 0x41555856, 0x53564d41];
  return {
    prctl: onlyIf(options.map((option) => [equals(0, option)])),
    personality: onlyIf([0, 8, 0x20000, 0x20008, -1].map((persona) => [equals(0, persona)])),
    seccomp: onlyIf([2, 3].map((operation) => [equals(0, operation)])), // asks what there is; a filter of its own could answer for ours
  };
}

/** RLIMIT_RTTIME: it means nothing to a step and carries its mark, see `tree/mark.ts`. */
export const markerResource = 15;

function each(names: string, rule: Rule): Policy {
  return Object.fromEntries(names.trim().split(/\s+/).map((name) => [name, rule]));
}

function unless(cases: readonly (readonly Test[])[], otherwise: Verdict): Judged {
  return { cases: cases.map((when) => ({ when, verdict: refused.perm })), otherwise };
}

function onlyIf(cases: readonly (readonly Test[])[], otherwise: Verdict = refused.perm): Judged {
  return { cases: cases.map((when) => ({ when, verdict: 'allow' })), otherwise };
}

function equals(arg: number, value: number): Test {
  return { arg, is: 'equal', value };
}

function bits(arg: number, mask: number): Test {
  return { arg, is: 'any-of', mask };
}

function masked(arg: number, mask: number, value: number): Test {
  return { arg, is: 'masked', mask, value };
}
