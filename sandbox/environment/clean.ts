import { isAbsolute, resolve } from 'node:path';

/** Names that make a program load or run something before it does its work, or that turn it away from the proxy. */
const dropped = [
  /^LD_/, /^DYLD_/, /^GLIBC_TUNABLES$/, /^MALLOC_/, /^GCONV_PATH$/, /^LOCPATH$/, /^NLSPATH$/, /^RES_OPTIONS$/, /^HOSTALIASES$/, /^LOCALDOMAIN$/,
  /^NODE_/, /^npm_config_/i, /^BASH_ENV$/, /^ENV$/, /^BASH_FUNC_/, /^BASHOPTS$/, /^SHELLOPTS$/, /^PS4$/, /^PROMPT_COMMAND$/, /^IFS$/, /^CDPATH$/, /^GLOBIGNORE$/,
  /^ZDOTDIR$/, /^FPATH$/, /^INPUTRC$/, /^GIT_/, /^SSH_/, /^GPG_/, /^PAGER$/, /^MANPAGER$/, /_PAGER$/, /^LESS/, /^MORE$/, /^EDITOR$/, /^VISUAL$/, /^BROWSER$/,
  /^PYTHON/, /^PERL/, /^RUBY/, /^GEM_/, /^BUNDLE_/, /^JAVA_TOOL_OPTIONS$/, /^_JAVA_OPTIONS$/, /^JDK_JAVA_OPTIONS$/, /^CLASSPATH$/, /^LUA_/, /^PHP/, /^R_/,
  /^DOTNET_/, /^COR_/, /^CORECLR_/, /^GODEBUG$/, /^GOFLAGS$/, /^GRPC_/, /^OPENSSL_/, /^SSLKEYLOGFILE$/, /^CURL_HOME$/, /^WGETRC$/, /^TAR_OPTIONS$/, /^RSYNC_/,
  /^MAKEFLAGS$/, /^MAKEFILES$/, /^TERMINFO/, /^TERMCAP$/, /^DBUS_/, /^DISPLAY$/, /^WAYLAND_/, /^XDG_/, /^SUDO_/, /^DOCKER_HOST$/, /^HISTFILE$/, /^TF_CLI_ARGS/,
  /^(?:https?|ftp|all|no|socks)_proxy$/i,
];

/** What a step gets, and the names that it does not. */
export interface CleanEnvironment {
  readonly env: Readonly<Record<string, string>>;
  /** In the order given. */
  readonly dropped: readonly string[];
}

/**
 * Leaves out what would run code before the step, or take its way to the proxy. A PATH keeps only absolute folders that
 * the step cannot write: else a program that it, or one before it, left behind would stand in for the system's.
 */
export function cleanEnvironment(wanted: Readonly<Record<string, string>>, writable: readonly string[] = []): CleanEnvironment {
  const left: string[] = [];
  const kept = Object.entries(wanted).flatMap(([name, value]): readonly (readonly [string, string])[] => {
    const clean = name === 'PATH' ? safePath(value, writable) : value;
    if (!isPlain(name) || value.includes('\0') || dropped.some((pattern) => pattern.test(name)) || clean === '') {
      left.push(name);
      return [];
    }
    if (clean !== value) left.push(name);
    return [[name, clean]];
  });
  return { env: Object.fromEntries(kept), dropped: left };
}

/** What a step has of its own accord. */
export function baseEnvironment({ home, temporary }: { readonly home: string; readonly temporary: string }): Readonly<Record<string, string>> {
  return { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: home, TMPDIR: temporary, LANG: 'C.UTF-8', TERM: 'dumb' };
}

function isPlain(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
}

function safePath(path: string, writable: readonly string[]): string {
  return path.split(':').filter((folder) => isAbsolute(folder) && !writable.some((root) => isBelow(resolve(folder), root))).join(':');
}

function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith('/') ? root : `${root}/`);
}
