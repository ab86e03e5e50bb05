import type { Risk } from '#proto/domain/risk.ts';
import type { Ruling } from './ruling.ts';
import { hole } from './shell/value.ts';

/** What is done with a path. */
export type Deed = 'read' | 'write' | 'delete';

interface PathRule {
  readonly name: string;
  readonly pattern: RegExp;
  readonly read?: Risk;
  readonly write?: Risk;
  readonly delete?: Risk;
  readonly why: string;
}

const home = String.raw`(~[^/]*|/root|/home/[^/]+|/Users/[^/]+)`;

/** The first that fits decides. Paths are in their plain form: no `//`, `/./` or `/../`. */
const rules: readonly PathRule[] = [
  { name: 'nowhere', pattern: /^\/dev\/(null|stdout|stderr|tty|stdin|zero|full|u?random|fd\/.*|pts\/.*|shm)$|^-$/, write: 'read_only', delete: 'dangerous', why: 'Nothing is kept there.' },
  { name: 'network-device', pattern: /^\/dev\/(tcp|udp)\//, read: 'dangerous', write: 'dangerous', delete: 'dangerous', why: 'The shell opens a network connection for this path.' },
  { name: 'raw-device', pattern: /^\/dev\/(?!shm\/)(sd|hd|vd|xvd|nvme|mmcblk|dm-|md|loop|mapper\/|disk\/|sr|nbd|rbd|drbd|disk\d|rdisk|mem$|kmem$|port$|[^/]+\/)/, read: 'caution', write: 'forbidden', delete: 'forbidden', why: 'It writes over a disk or the memory of the host.' },
  { name: 'device', pattern: /^\/dev\/(?!shm\/)/, read: 'caution', write: 'dangerous', delete: 'forbidden', why: 'It is a device.' },
  { name: 'kernel-trigger', pattern: /^\/proc\/(sysrq-trigger|sys\/kernel\/(core_pattern|modprobe|sysrq|yama|randomize_va_space|kptr|dmesg))|^\/proc\/\d+\/(mem|oom)|^\/sys\/(kernel\/(uevent_helper|security)|power\/)|release_agent$/, read: 'read_only', write: 'forbidden', delete: 'forbidden', why: 'A write there stops the host or makes its kernel run something.' },
  { name: 'process-secrets', pattern: /^\/proc\/[^/]+\/(environ|mem|maps|cmdline)$|^\/proc\/(kcore|keys)$/, read: 'caution', write: 'dangerous', delete: 'dangerous', why: 'It holds the environment or memory of a process, and with them secrets.' },
  { name: 'disk-switch', pattern: /^\/sys\/(block|class\/block|class\/scsi_disk|class\/nvme|bus\/pci\/devices|class\/net)\/[^/]+\/(device\/)?(delete|remove|reset_controller)$/, write: 'forbidden', delete: 'forbidden', why: 'It takes a disk or card away while it is in use.' },
  { name: 'kernel-setting', pattern: /^\/(proc|sys)\//, write: 'dangerous', delete: 'forbidden', why: 'It changes the running kernel.' },
  { name: 'agent-key', pattern: /(^|\/)\.?dd0c(-agent|-server)?\/([^/]+\/)*(identity|ca|keys?|[^/]*\.key|[^/]*token[^/]*|[^/]*key\.pem)(\/|$)/, read: 'forbidden', write: 'forbidden', delete: 'forbidden', why: 'Whoever has this key speaks as the agent that runs this.' },
  { name: 'guard-program', pattern: /^\/(usr\/)?(local\/)?s?bin\/(auditd|auditctl|augenrules|falco\w*|osqueryd?|osqueryctl|rsyslogd|syslog-ng|filebeat|auditbeat|wazuh-\w+|fluent-?bit|fluentd|sysmon)$|^\/opt\/(CrowdStrike|osquery|sentinelone|microsoft\/mdatp|datadog-agent|dd0c)(\/|$)|^\/var\/ossec(\/|$)/, write: 'forbidden', delete: 'forbidden', why: 'It watches the host.' },
  { name: 'agent', pattern: /(^|\/)\.?dd0c(-agent|-server)?([/.]|$)|(^|\/)runbook-agent([/.]|$)/, read: 'caution', write: 'forbidden', delete: 'forbidden', why: 'It belongs to the agent that runs this.' },
  { name: 'authorized-keys', pattern: /\.ssh\/(authorized_keys|rc$|environment$)|^\/etc\/ssh\/.*authorized/, write: 'forbidden', delete: 'dangerous', why: 'Whoever has a key listed there gets in.' },
  { name: 'audit-trail', pattern: /^\/var\/log\/(audit|auth\.log|secure|wtmp|btmp|lastlog|faillog)|(^|\/)\.[a-z]*_history$|^\/var\/log\/?\*?$|^\/var\/log\/journal|^\/etc\/(audit|rsyslog|syslog)/, write: 'forbidden', delete: 'forbidden', why: 'It wipes the traces of what was done.' },
  { name: 'audit-trail', pattern: /^\/var\/run\/utmp|^\/run\/utmp/, write: 'forbidden', delete: 'forbidden', why: 'It wipes the traces of what was done.' },
  {
    name: 'persistence',
    pattern: new RegExp(
      String.raw`^/etc/(cron|anacron|at\.|ld\.so|rc\.?|init|inittab|profile|bash\.?|zsh|environment|pam\.|security/|sudoers|systemd/|udev/|modules|modprobe|X?xdg/autostart|update-motd|network/if-|NetworkManager/dispatcher|kubernetes/manifests|apt/apt\.conf|yum/|dnf/plugins|skel/|ssh/sshrc|ssh/sshd_config|logrotate|incron|shells|grub|default/grub)|^/(usr/)?lib/(systemd|security|udev)/|^/var/spool/(cron|at)|^/(usr/)?lib/x86_64-linux-gnu/security|^${home}/(\.bash|\.profile|\.zsh|\.zlog|\.login|\.kshrc|\.cshrc|\.tcshrc|\.config/(systemd|autostart|fish|git/)|\.pam_environment|\.gitconfig|\.vimrc|\.inputrc|\.xinitrc|\.xprofile|\.forward|\.local/share/systemd|Library/Launch)|\.git/hooks/|^/Library/Launch|^/System/Library/Launch|^/boot/|^/var/lib/cloud/scripts`,
    ),
    write: 'forbidden',
    delete: 'dangerous',
    why: 'What is written there runs again by itself, or opens a way in.',
  },
  {
    name: 'credentials',
    pattern: new RegExp(
      String.raw`^/etc/(g?shadow|master\.passwd|security/passwd|krb5\.keytab|kubernetes/(pki|.*\.conf|encryption)|ssl/private|pki/.*private|ssh/ssh_host_.*key$|rancher|wireguard|openvpn|docker/key|letsencrypt/(live|archive|keys))|/var/run/secrets/|/run/secrets/|^/var/lib/(kubelet/pki|etcd|rancher/.*token)|\.(ssh|aws|kube|gnupg|azure)(/\**)?$|\.ssh/(id_|[^/]*key|identity)|(^|/)id_(rsa|ed25519|ecdsa|dsa)[^/.]*$|\.aws/|\.kube/|\.gnupg/|\.docker/config\.json|\.azure/|\.config/(gcloud|gh|hub|op|doctl|rclone|sops)|\.netrc$|_netrc$|\.pgpass$|\.my\.cnf$|\.git-credentials$|\.npmrc$|\.pypirc$|\.vault-token$|\.terraformrc$|\.terraform\.d/credentials|credentials?(\.(json|yml|yaml|ini|txt|toml))?$|(^|/)\.env(\.[\w-]+)?$|(^|/)secrets?(\.[\w]+)*$|\.(pem|key|p12|pfx|jks|keystore|kdbx|ppk|asc|gpg|kubeconfig)$|kubeconfig[^/]*$|kube\.?config$|\.tfstate(\.backup)?$|\.tfvars(\.json)?$|service-?account[^/]*\.json$|(^|/)(token|passwords?|passwd\.txt|htpasswd|\.htpasswd)$|\.s3cfg$|\.boto$|wallet\.dat$|Login Data$|logins\.json$|/Keychains/|^/admin\.conf$|admin-token$`,
      'i',
    ),
    read: 'caution',
    write: 'dangerous',
    delete: 'dangerous',
    why: 'It is a place where secrets are kept.',
  },
  { name: 'accounts', pattern: /^\/etc\/(passwd|group|subuid|subgid|hosts\.(allow|deny)|securetty|nsswitch|resolv|hosts$|fstab|crypttab|exports)/, write: 'forbidden', delete: 'forbidden', why: 'It decides who exists on this host, and what the host reaches.' },
  { name: 'control-socket', pattern: /\/(docker|containerd|crio|podman|dbus\/system_bus_socket|kubelet)[^/]*\.sock$|^\/run\/(docker|containerd)/, read: 'dangerous', write: 'dangerous', delete: 'dangerous', why: 'Whoever may use this socket is root on the host.' },
  { name: 'system', pattern: /^\/(etc|usr|bin|sbin|lib\w*|boot|opt|root|System|Library|Applications|snap|nix|C:|Windows)(\/|$)/, write: 'dangerous', delete: 'dangerous', why: 'It belongs to the system.' },
  { name: 'service-data', pattern: /^\/(var\/(lib|spool|www|opt|backups?|mail)|data|mnt|media|srv|run|var\/run|backups?|volumes?|export)(\/|$)/, write: 'caution', delete: 'dangerous', why: 'It is the data of a service.' },
  { name: 'logs', pattern: /^\/var\/log\//, write: 'caution', delete: 'dangerous', why: 'It is a log.' },
];

/** Folders whose loss is the loss of the host. */
const vital = new RegExp(String.raw`^(/|/\.|\.|~[^/]*|/(bin|boot|dev|etc|home|lib\w*|opt|proc|root|run|sbin|srv|sys|usr|var|System|Library|Users|Applications|mnt|media|data)|/home/[^/]+|/usr/(bin|lib\w*|sbin|local|share)|/var/(lib|log|spool|www|backups?|lib/(docker|kubelet|etcd|containerd|mysql|postgresql|pgsql|mongodb|rancher|ceph|dpkg|rpm))|/etc/(kubernetes|ssh|ssl|pki|systemd))$`);

/** What it means to read, write or delete a path. */
export function judgePath(path: string, deed: Deed, directory?: string): Ruling {
  const plain = normalise(path, directory);
  const rule = rules.find(({ pattern }) => pattern.test(plain));
  if (rule) {
    const risk = rule[deed] ?? 'read_only';
    return { risk, rule: deed === 'read' && risk === 'caution' ? 'sensitive-read' : `${deed}-${rule.name}`, why: rule.why };
  }
  if (deed === 'read') return { risk: 'read_only', rule: 'read-file', why: 'It reads a file.' };
  if (plain.startsWith(hole) || plain.startsWith('/' + hole)) return { risk: deed === 'delete' ? 'dangerous' : 'caution', rule: `${deed}-unknown`, why: 'Only the run will know which file this is.' };
  if (deed === 'write') return { risk: 'caution', rule: 'write-file', why: 'It writes a file.' };
  return { risk: 'caution', rule: 'delete-file', why: 'It deletes a file.' };
}

/** Whether deleting the path with all below it, or changing it all, loses the host or an account on it. */
export function isVital(path: string, directory?: string): boolean {
  const plain = normalise(path, directory).replace(/\/(\*|\.\*|\.\?\?\*|\{\*,\.\*\}|\.\[\^?!?\.\]\*|\?\*)$/, '');
  if (plain === '' || plain === '*') return path.startsWith('/') || (directory !== undefined && isVital(directory));
  if (plain === '.' || plain === '..') return directory === undefined ? plain === '..' : isVital(directory);
  return vital.test(plain.replaceAll(/\?+(?=\/|$)|\*(?=\/|$)/g, (sign) => (sign === '*' ? '' : sign)));
}

/** The path without detours, from the root where the folder is known. */
export function normalise(path: string, directory?: string): string {
  const whole = directory !== undefined && !/^[/~\uE000]/.test(path) ? `${directory}/${path}` : path;
  const parts: string[] = [];
  for (const part of whole.replace(/^file:\/\//, '').split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '..' || !whole.startsWith('/')) parts.push(part);
  }
  if (whole.startsWith('/')) return `/${parts.join('/')}`;
  return parts.length === 0 ? '.' : parts.join('/');
}
