/** What a shell does by itself: with these nothing is started. */
export const builtins: ReadonlySet<string> = new Set([
  ':', '[', '[[', 'alias', 'bg', 'break', 'cd', 'command', 'continue', 'declare', 'dirs', 'echo', 'exit', 'export', 'false', 'fg', 'getopts', 'hash', 'jobs', 'let', 'local',
  'popd', 'printf', 'pushd', 'pwd', 'read', 'readonly', 'return', 'set', 'shift', 'shopt', 'test', 'times', 'true', 'type', 'typeset', 'ulimit', 'umask', 'unset', 'wait',
]);
