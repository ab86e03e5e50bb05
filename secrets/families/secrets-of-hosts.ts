import type { Family } from '../family.ts';

/** What sets up hosts and network devices: installers, directories, dialogues, access lists. */
export const secretsOfHosts: Family = {
  name: 'host',
  title: 'Secrets in the setup of hosts and devices',
  source: 'https://docs.fedoraproject.org/en-US/fedora/f36/install-guide/appendixes/Kickstart_Syntax_Reference/',
  rules: [
    {
      id: 'kickstart-root',
      kind: 'password',
      keywords: ['rootpw', 'grub2-mkpasswd', 'sshpw'],
      near: [0, 200],
      pattern: /^(?:rootpw|sshpw)(?: --(?:plaintext|iscrypted|allow-ssh|username=\S{1,40})){0,3} (?<secret>[^\s"'-][^\s"']{3,200})/,
      checks: ['not-stand-in'],
    },
    {
      id: 'device-line',
      kind: 'password',
      keywords: ['enable secret', 'enable password', 'username ', 'secret 5', 'password 7', 'password 0', 'secret 9', 'secret 0', 'tacacs-server key', 'radius-server key', 'key-string', 'insecure-password', 'neighbor ', 'pre-shared-key', 'wpa-psk ascii', 'authentication-key', 'auth-password', 'priv-password', 'ppp chap'],
      near: [0, 160],
      pattern: /^(?:[\w.-]{3,24} [^\n]{0,100}?)?(?:(?:password|secret|key|insecure-password|key-string|pre-shared-key(?: local| remote| address \S{3,40} key| ascii-text)?|ascii|authentication-key|auth-password|priv-password)(?: \d{1,2}| sha\d+| plaintext-password| hex| encrypted)?) "?(?<secret>[^\s"][^\s"]{3,200})"?(?=\s|$)/i,
      checks: ['not-stand-in', 'looks-like-password'],
    },
    {
      id: 'dialogue',
      kind: 'password',
      keywords: ['assword:', 'assphrase:', 'assword for', '[sudo]'],
      near: [0, 300],
      pattern: /^[^\n]{4,80}\n[^\n]{0,80}?send(?:_user|line)?\s{0,3}\(?(?: ?--)?\s{0,3}["'](?<secret>[^"'\n\\$][^"'\n\\]{2,200})(?:\\[rn]){0,2}["']/,
      checks: ['not-stand-in'],
    },
    {
      id: 'passwd-map',
      kind: 'password',
      keywords: [']:25 ', ']:465 ', ']:587 ', ']:2525 '],
      near: [0, 300],
      pattern: /^\]:\d{2,5}[ \t]{1,8}[^\s:]{1,120}:(?<secret>[^\s]{3,250})/,
      checks: ['not-stand-in'],
    },
    {
      id: 'user-list',
      kind: 'password',
      keywords: ['" "'],
      near: [80, 0],
      pattern: /(?<=^|\n)"[\w.@-]{1,63}" "(?<secret>[^"\n]{6,200})"(?=\s{0,3}(?:\n|$))/,
      checks: ['not-stand-in', 'letters-and-digits'],
    },
    {
      id: 'ssl-key-file',
      kind: 'password',
      keywords: ['auth-user-pass>', 'ppp-secret', 'chap-secrets', 'pap-secrets'],
      near: [0, 300],
      pattern: /^auth-user-pass>\r?\n[^\n]{1,100}\r?\n(?<secret>[^\s<]{3,200})/,
    },
    {
      id: 'access-control-user',
      kind: 'password',
      keywords: ['user ', 'acl setuser'],
      near: [0, 240],
      pattern: /^(?:user|acl setuser) [\w.@-]{1,60} (?:[^\s>][^\s]{0,60} ){0,8}>(?<secret>[^\s>"']{3,200})(?=\s|$|["'])/i,
      checks: ['not-stand-in'],
    },
    {
      id: 'hash-in-shadow',
      kind: 'password-hash',
      keywords: ['0:99999:'],
      near: [200, 0],
      pattern: /(?<=^|\n)[a-z_][\w.-]{0,31}:(?<secret>[^:\s!*][^:\s]{12,200}):\d{1,6}:0:99999:/,
    },
  ],
};
