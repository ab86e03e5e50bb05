import { afterAll, describe, expect, test } from 'vitest';
import { noBed, openBeds } from '#test/harness/sandbox-bed/bed.ts';
import { EscapeCase, type Way } from '#test/harness/sandbox-bed/case.ts';

/** Each is tried by number and must fail; a number of -1 is a call that this kernel's headers do not have. */
const calls = `
from ctypes import CDLL, c_long, c_char_p, create_string_buffer, get_errno
import os, socket, fcntl, sys
libc = CDLL(None, use_errno=True)
agent = {{AGENT_PID}}
buffer = create_string_buffer(256)
out = b'{{OUT}}/canary.txt'
key = b'{{KEY}}'
def call(number, *args): return libc.syscall(c_long(number), *[a if isinstance(a, (bytes, type(buffer))) else c_long(a) for a in args])
def python(work):
    try: return work() is not False
    except (OSError, ValueError, AttributeError): return False
def connects(family, kind, protocol, address):
    s = socket.socket(family, kind, protocol); s.settimeout(1); s.connect(address); return True
tries = {
  'bpf': call(321, 0, buffer, 128) >= 0, 'userfaultfd': call(323, 0) >= 0, 'keyctl': call(250, 0, -3, 1) >= 0, 'add_key': call(248, b'user', b'a', b'b', 1, -3) >= 0,
  'perf_event_open': call(298, buffer, 0, -1, -1, 0) >= 0, 'ptrace': call(101, 16, agent, 0, 0) >= 0, 'process_vm_writev': call(311, agent, 0, 0, 0, 0, 0) >= 0, 'pidfd_getfd': call(438, call(434, agent, 0), 0, 0) >= 0,
  'pidfd_send_signal': call(424, call(434, agent, 0), 0, 0, 0) >= 0, 'kill': call(62, agent, 0) >= 0, 'tgkill': call(234, agent, agent, 0) >= 0, 'kill -1': False,
  'mount': call(165, b'none', b'/mnt', b'tmpfs', 0, 0) >= 0, 'umount': call(166, b'/proc', 2) >= 0, 'pivot_root': call(155, b'.', b'.') >= 0, 'chroot': call(161, b'.') >= 0, 'fsopen': call(430, b'tmpfs', 0) >= 0,
  'open_tree': call(428, -100, b'/', 1) >= 0, 'mount_setattr': call(442, -100, b'/', 0, buffer, 32) >= 0, 'unshare files': call(272, 0x20000) >= 0, 'unshare net': call(272, 0x40000000) >= 0, 'setns': call(308, os.open('/proc/self/ns/uts', 0), 0) >= 0,
  'name_to_handle_at': call(303, -100, b'/', buffer, buffer, 0) >= 0, 'io_uring': call(425, 1, buffer) >= 0, 'io_setup': call(206, 1, buffer) >= 0, 'memfd_create': call(319, b'x', 0) >= 0, 'memfd_secret': call(447, 0) >= 0,
  'quotactl': call(179, 0x80000700, 0, 0, buffer) >= 0, 'acct': call(163, 0) >= 0, 'syslog': call(103, 10, 0, 0) >= 0, 'sethostname': call(170, b'x', 1) >= 0, 'settimeofday': call(164, buffer, 0) >= 0, 'personality': call(135, 0x40000) >= 0,
  'shmget': call(29, 0, 4096, 0o1600) >= 0, 'semget': call(64, 0, 1, 0o1600) >= 0, 'msgget': call(68, 0, 0o1600) >= 0, 'mq_open': call(240, b'/x', 0o102, 0o600, 0) >= 0, 'fanotify': call(300, 0, 0) >= 0,
  'sched_setaffinity': call(203, agent, 8, buffer) >= 0, 'setpriority of a user': call(141, 2, 0, 5) >= 0, 'ioprio_set': call(251, 1, agent, 24576) >= 0, 'prlimit': call(302, agent, 7, 0, buffer) >= 0, 'seccomp': call(317, 1, 8, buffer) >= 0 or get_errno() == 14,
  'F_SETOWN': python(lambda: fcntl.fcntl(0, 8, agent)), 'TIOCSTI': call(16, 0, 0x5412, b'x') >= 0, 'vmsplice': call(278, 1, buffer, 0, 0) >= 0, 'kcmp': call(312, agent, os.getpid(), 0, 0, 0) >= 0, 'move_pages': call(279, agent, 0, 0, 0, 0, 0) >= 0,
  'chmod': call(90, out, 0o600) >= 0, 'chmod key': call(90, key, 0o644) >= 0, 'chown': call(92, out, os.getuid(), os.getgid()) >= 0, 'truncate': call(76, out, 0) >= 0, 'utime': call(132, out, 0) >= 0, 'utimensat': call(280, -100, out, 0, 0) >= 0, 'setxattr': call(188, out, b'user.x', b'1', 1, 0) >= 0,
  'getxattr': call(191, out, b'user.x', buffer, 9) >= 0, 'link': call(86, out, b'hard') >= 0, 'rename': call(82, out, b'mine') >= 0, 'open': call(2, out, 1) >= 0, 'openat2': call(437, -100, out, buffer, 24) >= 0, 'inotify': call(254, call(294, 0), out, 2) >= 0,
  'set-id file': call(2, b'suid', 0o102, 0o4755) >= 0, 'set-id mode': call(90, b'/proc/self/cwd/plain', 0o4755) >= 0, 'device': call(133, b'dev', 0o020600, 0x101) >= 0, 'set-id folder': call(83, b'folder', 0o2777) >= 0,
  'agent memory': python(lambda: open('/proc/%d/mem' % agent)), 'agent environment': python(lambda: open('/proc/%d/environ' % agent).read()), 'agent root': python(lambda: os.listdir('/proc/%d/root' % agent)), 'agent descriptors': python(lambda: os.listdir('/proc/%d/fd' % agent)),
  'sysctl': python(lambda: open('/proc/sys/kernel/domainname', 'a')), 'sysrq': python(lambda: open('/proc/sysrq-trigger', 'w')), 'kmsg': python(lambda: open('/dev/kmsg')), 'mem': python(lambda: open('/dev/mem')), 'disk': python(lambda: open('/dev/vda')), 'fuse': python(lambda: open('/dev/fuse')), 'tun': python(lambda: open('/dev/net/tun', 'r+b', 0)),
  'packet': python(lambda: socket.socket(17, 3, 0)), 'raw': python(lambda: socket.socket(2, 3, 1)), 'vsock': python(lambda: socket.socket(40, 1, 0)), 'alg': python(lambda: socket.socket(38, 5, 0)), 'audit': python(lambda: socket.socket(16, 3, 9)), 'bluetooth': python(lambda: socket.socket(31, 3, 1)),
  'udp': python(lambda: connects(2, 2, 0, ('127.0.0.1', {{UDP_PORT}}))), 'mptcp': python(lambda: connects(2, 1, 262, ('127.0.0.1', {{TCP_PORT}}))), 'tcp': python(lambda: connects(2, 1, 0, ('127.0.0.1', {{TCP_PORT}}))), 'tcp6': python(lambda: connects(10, 1, 0, ('::1', {{TCP_PORT}}))), 'metadata': python(lambda: connects(2, 1, 0, ('169.254.169.254', 80))),
  'docker socket': python(lambda: connects(1, 1, 0, '{{SOCK}}')), 'abstract socket': python(lambda: connects(1, 1, 0, '\\\\0{{ABS}}')), 'datagram by pair': python(lambda: socket.socketpair(1, 2)[0].sendto(b'x', '{{DGRAM}}')),
}
print('through:', ', '.join(name for name, got in tries.items() if got) or 'nothing')
`;

const scripts: readonly (Partial<EscapeCase> & Pick<EscapeCase, 'id' | 'script' | 'check'>)[] = [
  { id: 'system calls', script: `cat > calls.py <<'PY'\n${calls}PY\necho x > plain; python3 calls.py`, check: ['stdout_has:through: nothing', 'host_intact', 'agent_alive', 'key_mode_intact', 'udp_untouched', 'dgram_untouched', 'no_suid_in_workdir', 'agent_rlimit_intact'] },
  { id: 'files that it was not given', script: 'cat {{KEY}} {{HOME}}/.aws/credentials /var/run/secrets/kubernetes.io/serviceaccount/token /tmp/other-step-secret /proc/{{AGENT_PID}}/environ; ls {{STATE}}; echo x >> {{OUT}}/canary.txt; touch {{OUT}}/new; ln -s {{KEY}} l; cat l; tr "\\0" "\\n" < /proc/self/environ; true', check: ['no_secret', 'host_intact'] },
  { id: 'descriptors and environment of a careless parent', script: 'cat <&{{KEYFD}}; echo GET >&{{SOCKFD}}; cat <&{{SOCKFD}}; env; true', check: ['no_secret'] },
  { id: 'processes that get away', script: '(exec -a {{MARK}} setsid sleep 30 &) ; perl -e \'for (1 .. 3) { fork } $0 = "{{MARK}}"; setpgrp; sleep 30\' & (trap "" HUP TERM; exec -a {{MARK}} sleep 30) & perl -e \'my $end = time + 8; $0 = "{{MARK}}"; while (time < $end) { my $p = fork; next unless defined $p; exit if $p; select undef, undef, undef, 0.002 }\' & echo away', check: ['no_survivors', 'agent_alive', 'stdout_has:away'] },
  { id: 'a flood of everything', script: 'yes & yes >&2 & for i in $(seq 30); do (while :; do :; done) & done; head -c 100000000 /dev/zero > big & wait', check: ['killed_in_time', 'agent_alive', 'no_survivors_any'], wall_s: 3, limits: { pids: 48, memory_mb: 256, disk_mb: 16, output_kb: 64 } },
  { id: 'ordinary work', script: 'mkdir -p a/b && echo 1 > a/b/f && chmod 750 a/b && touch -d 2001-02-03 a/b/f && tar cf - a | (mkdir out && tar xf - -C out) && sort < out/a/b/f && python3 -c "import subprocess, threading; t = threading.Thread(target=print); t.start(); t.join(); print(subprocess.check_output([\'echo\', \'works\']).decode())"', check: ['stdout_has:works', 'exit_code:0'] },
];

describe.skipIf(noBed !== null)(`what a hostile step tries${noBed === null ? '' : ` [not run: ${noBed}]`}`, () => {
  const beds = noBed === null ? openBeds() : null;
  afterAll(() => beds?.close());
  const ways: readonly Way[] = [{ tier: 1, as: 'root' }, { tier: 2, as: 'user' }]; // all four in `npm run bench -- escapes`

  describe.each(ways)('in tier $tier, the agent as $as', (way) => {
    test.each(scripts)('$id', async (script) => {
      const found = EscapeCase.parse({ category: 'own', severity: 'high', title: script.id, expect: 'denied', arch: script.id === 'system calls' ? 'x86_64' : undefined, wall_s: 20, ...script });

      const verdict = await beds?.run(found, way);

      const wrong = verdict?.state === 'failed' ? [...verdict.reasons, verdict.said] : [];
      expect(wrong).toEqual([]);
    });
  });
});
