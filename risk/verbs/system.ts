import type { Args } from '../args.ts';
import type { Call } from '../context.ts';
import { guards } from '../guards.ts';
import { changes, endangers, forbids, reads, type Ruling } from '../ruling.ts';
import { isKnown } from '../shell/value.ts';
import type { Tool } from '../tool.ts';

const shows: Ruling = { risk: 'read_only', why: 'It only shows something.' };
const stops: Ruling = { risk: 'dangerous', why: 'It stops the host.' };

/** Services that keep others out. */
const walls = /^(firewalld|ufw|iptables|nftables|apparmor|fail2ban|sshguard)(\.service)?$/;

function guardService(call: Call, args: Args, verb: string): void {
  if (!/^(stop|disable|mask|kill|stop-.*|delete|remove|off)$/.test(verb)) return;
  for (const unit of args.operands) {
    if (guards.test(unit.text)) call.add('forbidden', 'audit-off', 'It stops what watches the host, or the agent itself.', unit);
    if (walls.test(unit.text)) call.add('dangerous', 'defence-off', 'It takes the defence of the host down.', unit);
  }
}

/** Services, processes, users and the host itself. */
export const system: readonly Tool[] = [
  {
    names: 'systemctl',
    options: { valued: '-t --type --state -p --property -P -H --host -M --machine -n --lines -o --output -s --signal --kill-whom --root --job-mode --what --image --preset-mode', plain: '--user --system --no-pager -a --all -r -l --full -q --quiet --no-legend --failed --now -f --force --no-block --wait --no-ask-password --plain --runtime --global --no-reload' },
    harmless: '--dry-run',
    flags: [endangers('-H|--host|-M|--machine|--root|--image', 'It works on another host or root.')],
    bare: shows,
    verbs: [
      reads('status|show|cat|help|list-*|is-*|get-default|show-environment|--failed|whoami'),
      changes('start|restart|reload|try-restart|reload-or-restart|try-reload-or-restart|condrestart|force-reload|daemon-reload|reset-failed|thaw'),
      endangers('freeze|clean|stop|disable|mask|unmask|enable|reenable|kill|isolate|set-property|edit|revert|link|preset|preset-all|set-environment|unset-environment|import-environment|daemon-reexec|set-default|add-wants|add-requires|rescue|emergency|halt|poweroff|reboot|kexec|soft-reboot|suspend|hibernate|hybrid-sleep|exit|switch-root|default|cancel|bind|mount-image|log-level|service-log-level|sleep'),
    ],
    inspect: (call, args) => {
      guardService(call, args, args.operands[0]?.text ?? '');
      if (args.operands.some(({ text }) => /^(poweroff|halt|reboot|rescue|emergency|kexec|exit|shutdown|ctrl-alt-del|sleep|suspend|hibernate|hybrid-sleep|runlevel[016])\.target$/.test(text)) && !/^(status|show|cat|is-|list)/.test(args.operands[0]?.text ?? '')) return { risk: 'dangerous', rule: 'host-stop', why: 'This target stops the host, or all that runs on it.' };
      return /^(enable|link|reenable)$/.test(args.operands[0]?.text ?? '') && args.operands.some(({ text }) => /^\/(tmp|var\/tmp|dev\/shm|home)/.test(text)) ? { risk: 'forbidden', rule: 'persistence', why: 'It plants a unit from a place where anybody may write.' } : undefined;
    },
  },
  {
    names: 'service invoke-rc.d rc-service initctl sv svc s6-svc',
    bare: shows,
    options: { plain: '--status-all --full-restart' },
    inspect(call, args) {
      const words = args.operands.map(({ text }) => text);
      guardService(call, args, words.find((word) => /^(stop|disable|off)$/.test(word)) ?? '');
      if (args.has('--status-all', '--list', '-l') || words.some((word) => /^(status|list|show|check)$/.test(word))) return shows;
      return words.some((word) => /^(start|restart|reload|force-reload|condrestart)$/.test(word)) ? { risk: 'caution', why: 'It starts a service, or starts it anew.' } : { risk: 'dangerous', why: 'It stops a service.' };
    },
  },
  { names: 'supervisorctl pm2 monit svcadm launchctl rc-update update-rc.d chkconfig sysv-rc-conf', verbs: [reads('status|list|ls|logs|tail|show|describe|info|summary|print|avail|version|prettylist|jlist|maintail|monit'), changes('start|restart|reload|reread|kickstart|reopenLogs'), endangers('stop|update|shutdown|delete|kill|remove|add|signal|clear|unmonitor|monitor|disable|enable|bootout|bootstrap|load|unload|startup|save|scale|flush|del'), forbids('submit', 'It plants something that runs again by itself.', 'persistence')], inspect: (call, args) => (/^(chkconfig|launchctl)$/.test(call.name) && (args.has('--list') || args.operands.length === 0) ? shows : undefined) },
  {
    names: 'journalctl',
    options: { valued: '-u --unit -n --lines -o --output -S --since -U --until -p --priority -b --boot -t --identifier -g --grep -M -D --directory --file -F --field --user-unit --facility --vacuum-time --vacuum-size --vacuum-files' },
    inspect: (_, args) => (/^\d+\s*(s|sec\w*|m|min\w*|K|B)?$/.test(args.valueOf('--vacuum-time', '--vacuum-size')?.text ?? '') || args.valueOf('--vacuum-files')?.text === '1' ? { risk: 'forbidden', rule: 'audit-off', why: 'It deletes the whole journal.' } : undefined),
    flags: [endangers('--vacuum-size|--vacuum-time|--vacuum-files|--rotate', 'It deletes a part of the journal.'), endangers('--setup-keys|--update-catalog|--relinquish-var', 'It changes how the journal is kept.')],
    otherwise: { risk: 'read_only', why: 'It reads the journal.' },
  },
  { names: 'kill killall pkill skill xkill tkill killall5 slay', options: { valued: '-s --signal -u -U -g -G -P -t -n -q' }, inspect: killProcess },
  { names: 'renice', otherwise: { risk: 'caution', why: 'It changes how a process is scheduled.' } },
  { names: 'reboot shutdown halt poweroff telinit init kexec pm-suspend', flags: [], inspect: (call, args) => (call.name === 'shutdown' && args.has('-c', '-k') ? { risk: 'caution', why: 'It calls a planned stop off.' } : args.has('-w', '--wtmp-only') ? shows : stops) },
  { names: 'runlevel', otherwise: shows },
  { names: 'sysctl', options: { valued: '-p --load -r --pattern' }, inspect: (_, args) => (args.has('-w', '--write', '-p', '--load', '--system') || args.operands.some(({ text }) => text.includes('=')) ? { risk: 'dangerous', why: 'It changes the running kernel.' } : shows) },
  { names: 'modprobe insmod rmmod depmod kmod', harmless: '-n --dry-run --show-depends -c', verbs: [reads('list|static-nodes')], otherwise: { risk: 'dangerous', why: 'It changes the code of the running kernel.' } },
  { names: 'useradd usermod userdel groupadd groupmod groupdel adduser deluser addgroup delgroup passwd chpasswd newusers chsh chfn gpasswd vipw vigr pwconv pwunconv pwck grpck visudo faillock pam-auth-update authselect authconfig newgrp sg realm sssctl', inspect: accounts },
  { names: 'chage lchage', inspect: (_, args) => (args.has('-l', '--list') ? shows : { risk: 'dangerous', why: 'It changes how long an account holds.' }) },
  { names: 'loginctl', bare: shows, verbs: [reads('list-*|show-*|session-status|user-status|seat-status|status'), changes('lock-session|unlock-session|lock-sessions|unlock-sessions|activate'), endangers('terminate-*|kill-*|attach|flush-devices|enable-linger|disable-linger')] },
  { names: 'hostnamectl timedatectl localectl machinectl bootctl networkctl resolvectl systemd-resolve busctl coredumpctl portablectl systemd-analyze systemd-cgls systemd-cgtop userdbctl oomctl', bare: shows, verbs: [reads('status|show|list|list-*|show-*|timesync-status|blame|critical-chain|time|plot|verify|dump|info|tree|introspect|query|statistics|security|dot|lldp|hostname|get-property|calendar|unit-files|syscall-filter|log|user|group|dns|domain|image-status|monitor|condition|unit-paths|cat'), changes('flush-caches|reset-statistics|reload|reconfigure|renew'), endangers('set-*|up|down|delete|start|stop|poweroff|reboot|terminate|kill|enable|disable|shell|login|remove|rename|clone|import-*|pull-*|call|emit|install|update|debug|attach|detach|forcerenew|revert|copy-*|bind|read-only|set-limit|clean|export-*|edit')], otherwise: shows, inspect: (call, args) => (/^(systemd-cgls|systemd-cgtop|systemd-resolve|oomctl)$/.test(call.name) ? shows : /^(shell|login|call)$/.test(args.operands[0]?.text ?? '') ? { risk: 'dangerous', why: 'It runs something elsewhere on the host.' } : undefined) },
  { names: 'auditctl', inspect: (_, args) => (args.has('-l', '-s', '-v') ? shows : args.has('-D', '-d', '-e', '-W', '-f') || args.options.some(({ value }) => /never|exclude/.test(value?.text ?? '')) || args.operands.some(({ text }) => /never|exclude/.test(text)) ? { risk: 'forbidden', rule: 'audit-off', why: 'It switches the audit off, or rules of it.' } : { risk: 'dangerous', why: 'It changes what is audited.' }) },
  { names: 'ausearch aureport aulast aulastlog auvirt', otherwise: shows },
  { names: 'augenrules audisp logsave', flags: [], inspect: (_, args) => (args.has('--check') ? shows : { risk: 'dangerous', why: 'It changes what is audited.' }) },
  { names: 'logrotate', harmless: '-d --debug', otherwise: { risk: 'caution', why: 'It starts logs anew.' } },
  { names: 'ldconfig', inspect: (_, args) => (args.has('-p', '--print-cache') ? shows : { risk: 'dangerous', why: 'It changes which libraries programs load.' }) },
  { names: 'update-alternatives alternatives dpkg-divert dpkg-statoverride update-grub grub-install grub2-mkconfig grub-mkconfig update-initramfs dracut mkinitcpio efibootmgr grubby grub2-set-default kernel-install flashrom fwupdmgr hwclock ntpdate chronyd ntpd', inspect: (call, args) => (args.has('--display', '--list', '--query', '--get-selections', '-v', '-r', '--show', '-q', '--info') && !/^(grub-install|update-grub|flashrom)$/.test(call.name) || /^(get-devices|get-updates|get-history)$/.test(args.operands[0]?.text ?? '') ? shows : call.name === 'flashrom' || (call.name === 'efibootmgr' && args.has('-B', '--delete-bootnum', '-O', '--delete-bootorder')) ? { risk: 'forbidden', rule: 'host-loss', why: 'It writes over the firmware, or what the host starts from.' } : { risk: 'dangerous', why: 'It changes how the host starts, or its clock.' }) },
  { names: 'chronyc ntpq ntpstat', verbs: [reads('tracking|sources|sourcestats|activity|clients|ntpdata|rtcdata|serverstats|selectdata|authdata|peers|as'), changes('makestep|burst|online|reload'), endangers('offline|settime|delete|add|deny|allow|shutdown|cyclelogs')], otherwise: shows, inspect: (call) => (call.name === 'chronyc' ? undefined : shows) },
  { names: 'nginx apachectl apache2ctl httpd haproxy caddy traefik envoy varnishd lighttpd postfix named-checkconf named-checkzone unbound-checkconf promtool', inspect: servers },
  { names: 'rndc unbound-control pdnsutil a2ensite a2enmod a2dissite a2dismod postsuper postqueue postmap newaliases mailq exim qshape doveadm', verbs: [reads('status|stats|stats_noreset|list_*|dump_cache|show-zone|list-all-zones|list-zone|check-zone|who|user|mailbox|log'), changes('reload|reconfig|flush|flushname|flush_zone|notify|refresh|retransfer')], inspect: (call, args) => (call.name === 'mailq' || call.name === 'qshape' || (call.name === 'postqueue' && args.has('-p', '-j')) ? shows : /^(postmap|newaliases|a2\w+)$/.test(call.name) || (call.name === 'postqueue' && args.has('-f')) ? { risk: 'caution', why: 'It changes a table or setting of a server.' } : undefined) },
];

function killProcess(call: Call, args: Args): Ruling {
  const words = call.words.map(({ text }) => text);
  if (words.length === 0 || (words[0] === '-l' && call.name !== 'pkill') || words[0] === '-L' || words.includes('--list')) return { risk: 'read_only', why: 'It only lists signals.' };
  const probes = /^(-0|-s0|-n0)$/.test(words[0] ?? '') || /^(-s|--signal|-n)$/.test(words[0] ?? '') && words[1] === '0';
  if (probes) return { risk: 'read_only', why: 'It only asks whether a process is there.' };
  if (words.some((word) => /^(-1|1)$/.test(word) && word !== words[0]) || (words.length === 1 && words[0] === '-1')) call.add('dangerous', 'kill.all', 'It ends the first process of the host, or all of them.', call.span);
  if (args.operands.length === 0 || args.operands.some((word) => !isKnown(word) || word.open)) call.context.report.note('ends-unknown', call.span);
  for (const word of args.operands) {
    if (/dd0c|runbook-agent/.test(word.text)) call.add('forbidden', 'attacks-agent', 'It ends the agent that runs this.', word);
    if (guards.test(word.text) || /^(auditd|falco|osqueryd)/.test(word.text)) call.add('forbidden', 'audit-off', 'It ends what watches the host.', word);
    if (/^(\.|\.\*|\^|\$)$/.test(word.text) || (word.text === '-1' && words[0] !== '-1')) call.add('forbidden', 'host-loss', 'It ends every process of the host.', word);
  }
  if (words.includes('-1') && words.length > 1 && words.at(-1) === '-1') call.add('forbidden', 'host-loss', 'It ends every process of the host.', call.span);
  return { risk: 'dangerous', why: 'It ends processes.' };
}

function accounts(call: Call, args: Args): Ruling {
  if (call.name === 'visudo' && args.has('-c', '--check')) return shows;
  if (call.name === 'passwd' && args.has('-S', '--status')) return shows;
  if (/^(pwck|grpck)$/.test(call.name) && args.has('-r')) return shows;
  if (/^(realm|sssctl|authselect)$/.test(call.name) && /^(list|discover|current|show|config-check|domain-status|user-checks|domain-list)$/.test(args.operands[0]?.text ?? '')) return shows;
  const words = call.words.map(({ text }) => text);
  if (args.valueOf('-u', '-o')?.text === '0' || /(^| )(-u|--uid)[ =]0( |$)|(^| )(-o|--non-unique)( |$)/.test(words.join(' '))) call.add('forbidden', 'persistence', 'It makes another root.', call.span);
  if (words.some((word) => /^(sudo|wheel|root|docker|adm|disk|lxd)$/.test(word)) && /^(usermod|useradd|adduser|gpasswd)$/.test(call.name) && words.length > 1) call.add('forbidden', 'persistence', 'It gives an account the rights of root.', call.span);
  if (call.name === 'chpasswd' && call.context.stdin.kind === 'text' && /^\s*root:/m.test(call.context.stdin.text.text)) call.add('forbidden', 'persistence', 'It changes the password of root.', call.span);
  if (call.name === 'passwd' && words.at(-1) === 'root') call.add('forbidden', 'persistence', 'It changes the password of root.', call.span);
  return { risk: 'dangerous', why: 'It changes who may do what on this host.' };
}

function servers(call: Call, args: Args): Ruling {
  const words = call.words.map(({ text }) => text).join(' ');
  if (/^(-t|-T|-v|-V|-S|-c( -f \S+)?|configtest|status|fullstatus|version|validate( .*)?|check( .*)?|list-modules|query .*|fmt|adapt .*|-tt?|-M|-D DUMP_\w+)$/i.test(words) || /^named-check|checkconf$/.test(call.name) || words.startsWith('-c ') && /haproxy/.test(call.name) || /^(-t|-T) /.test(words)) return shows;
  if (/-s reload|graceful|reload|restart/.test(words)) return { risk: 'caution', why: 'It makes a server read its configuration again.' };
  if (args.has('-c', '-g', '-d', '-C', '-f')) return { risk: 'dangerous', why: 'It starts a server with a configuration that is not known.' };
  return { risk: 'dangerous', why: 'It starts or stops a server.' };
}
