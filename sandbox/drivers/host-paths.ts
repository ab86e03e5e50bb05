import { lstatSync, readlinkSync } from 'node:fs';

/** Programs and libraries of the system. */
export const systemFolders = ['/usr', '/nix/store'] as const;

/** On most systems links into /usr, on some folders of their own. */
export const oldFolders = ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'] as const;

/**
 * Of /etc only what programs need to start, to know names and to trust certificates. Tools that take EACCES worse than
 * ENOENT (git and its configuration) find theirs readable.
 */
export const configuration = [
  'ld.so.cache', 'ld.so.conf', 'ld.so.conf.d', 'passwd', 'group', 'nsswitch.conf', 'ssl/certs', 'ssl/openssl.cnf', 'ca-certificates', 'ca-certificates.conf',
  'pki/tls', 'pki/ca-trust', 'crypto-policies', 'localtime', 'timezone', 'hosts', 'resolv.conf', 'host.conf', 'gai.conf', 'services', 'protocols', 'networks',
  'alternatives', 'bash.bashrc', 'bashrc', 'profile', 'profile.d', 'inputrc', 'terminfo', 'mime.types', 'magic', 'gitconfig', 'os-release', 'debian_version', 'lsb-release',
  'locale.conf', 'default/locale', 'login.defs', 'perl', 'python3', 'python3.11', 'python3.12', 'python3.13', 'java-17-openjdk', 'java-21-openjdk', 'fonts', 'vimrc', 'sudo.conf',
].map((name) => `/etc/${name}`);

/** What a step may read and write of /dev. */
export const devices = ['/dev/null', '/dev/zero', '/dev/full'] as const;
/** What it may only read. */
export const sources = ['/dev/random', '/dev/urandom'] as const;

/** Where a path leads if it is a link, or null. */
export function linkOf(path: string): string | null {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true ? readlinkSync(path) : null;
}
