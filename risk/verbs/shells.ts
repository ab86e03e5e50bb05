import type { Args } from '../args.ts';
import { type Call, wordsFrom } from '../context.ts';
import { judgePath } from '../paths.ts';
import type { Ruling } from '../ruling.ts';
import { hole, isKnown, type Value } from '../shell/value.ts';
import type { Tool } from '../tool.ts';

const unknownFile: Ruling = { risk: 'dangerous', rule: 'unknown-file', why: 'It runs a file, and what is in the file is not known.' };
const unknownInput: Ruling = { risk: 'dangerous', rule: 'unknown-input', why: 'It runs what it reads, and that is not known.' };
const fetched: Ruling = { risk: 'forbidden', rule: 'remote-code', why: 'It runs what another host sends.' };
const typed: Ruling = { risk: 'dangerous', rule: 'interactive-shell', why: 'It opens a shell, and what is typed there is not known.' };
const inside: Ruling = { risk: 'read_only', rule: 'shell', why: 'The code that it runs is judged by itself.' };

/** Programs that run shell code: from `-c`, a file, or what they read. */
export const shells: readonly Tool[] = [
  {
    names: 'sh bash dash zsh ksh ksh93 mksh pdksh ash yash rbash sash posh oksh bash5 hush',
    options: { valued: '-o +o -O +O --rcfile --init-file', plain: '+', stopsAtOperand: true },
    inspect(call, args) {
      if (args.has('--rcfile', '--init-file')) call.add('dangerous', 'unknown-file', unknownFile.why, call.span);
      if (args.options.some(({ name }) => name === '-n') && !args.has('-c')) return { risk: 'read_only', why: 'It only checks the syntax.' };
      if (args.has('-c')) return runCode(call, args);
      if (args.operands[0]?.text === '-') return runInput(call);
      if (args.operands[0] && !args.has('-s')) return /^\/dev\/(stdin|fd\/0)$/.test(args.operands[0].text) ? runInput(call) : runFile(call, args.operands[0]);
      return runInput(call);
    },
  },
  { names: 'fish csh tcsh nu elvish xonsh pwsh powershell powershell.exe cmd cmd.exe rc es osh oil', otherwise: { risk: 'dangerous', rule: 'unknown-language', why: 'It runs code in a language that is not read here.' }, inspect: (call) => (call.context.stdin.kind === 'unknown' && call.context.stdin.fetched ? fetched : undefined) },
  {
    names: 'su runuser',
    options: { valued: '-c --command -s --shell -g --group -G --supp-group -w --whitelist-environment -u --user -C --session-command', plain: '- -l --login -m -p --preserve-environment -f --fast -P --pty' },
    inspect(call, args) {
      const code = args.valueOf('-c', '--command', '--session-command', '-C');
      const shell = args.valueOf('-s', '--shell');
      if (shell && !/^\/(usr\/)?bin\/(ba|da|z|k)?sh$/.test(shell.text)) call.add('dangerous', 'unknown-program', 'It starts another shell than those of the system.', shell);
      if (code) call.context.shell(code);
      else if (args.valueOf('-u', '--user')) call.context.run(wordsFrom(call, args.operands[0]));
      else return args.operands.length > 2 ? unknownFile : call.context.stdin.kind === 'text' ? runInput(call) : typed;
      return inside;
    },
  },
  {
    names: 'script',
    options: { valued: '-c --command -E --echo -I --log-in -O --log-out -B --log-io -T --log-timing -m --logging-format -o --output-limit', plain: '-a --append -e --return -f --flush --force -q --quiet -t --timing' },
    inspect(call, args) {
      const code = args.valueOf('-c', '--command');
      if (!code) return typed;
      call.context.shell(code);
      for (const file of args.operands) call.add(judgePath(file.text, 'write').risk, 'script.log', 'It writes a log of the session.', file);
      return inside;
    },
  },
  { names: 'source .', options: { stopsAtOperand: true }, inspect: (call, args) => (call.argv.some(({ text }) => text === '/dev/stdin') ? runInput(call) : args.operands[0] === undefined ? { risk: 'read_only', why: 'It does nothing without a file.' } : runFile(call, args.operands[0])) },
  {
    names: 'trap',
    inspect(call, args) {
      const [code] = args.operands;
      if (code && code.text !== '' && code.text !== '-' && args.operands.length > 1 && !args.has('-p', '-l')) call.context.shell(code);
      return inside;
    },
  },
  {
    names: 'alias',
    inspect(call, args) {
      for (const word of args.operands) {
        const [name = '', ...code] = word.text.split('=');
        if (code.length === 0) continue;
        call.context.shadow(name);
        const span = word.span;
        call.context.shell({ text: code.join('='), span });
      }
      return { risk: 'read_only', rule: 'alias', why: 'An alias is judged by what it stands for.' };
    },
  },
  { names: 'expect unbuffer-expect screen tmux dtach abduco byobu at batch crontab zellij ttyd tmate gotty shellinabox wetty rlwrap socat-shell', inspect: scheduled },
  { names: 'exit return break continue shift logout', options: {}, otherwise: { risk: 'read_only', why: 'It only steers the script.' } },
];

/** The option that holds the code is the first word behind the options. */
function runCode(call: Call, args: Args): Ruling {
  const [code, ...given] = args.operands;
  if (code === undefined) return unknownInput;
  const { scope } = call.context;
  const names = given.slice(0, 10).map(({ text }, index) => ({ name: String(index), text }));
  for (const { name, text } of names) scope.set(name, text.includes(hole) ? undefined : text);
  call.context.shell(code, call.context.stdin);
  for (const { name } of names) scope.set(name, undefined);
  return inside;
}

/** A file that the script wrote just before is known; it stays dangerous, since it may be there already or be changed. */
function runFile(call: Call, file: Value): Ruling {
  const text = call.context.written(file.text);
  if (text) call.context.shell(text);
  return unknownFile;
}

/** A shell without code reads it from standard input. */
function runInput(call: Call): Ruling {
  const { stdin } = call.context;
  if (stdin.kind === 'unknown') return stdin.fetched ? fetched : unknownInput;
  if (stdin.kind === 'none') return typed;
  if (!isKnown(stdin.text)) return unknownInput;
  call.context.shell(stdin.text);
  return inside;
}

function scheduled(call: Call, args: Args): Ruling {
  const shows = { risk: 'read_only', why: 'It only shows something.' } as const;
  if (call.name === 'crontab') {
    if (args.has('-l')) return shows;
    return { risk: 'forbidden', rule: 'persistence', why: 'It plants something that runs again by itself, or wipes what others planted.' };
  }
  if (call.name === 'at' || call.name === 'batch') {
    if (args.has('-l') || args.has('-c')) return shows;
    return args.has('-r', '-d') ? { risk: 'dangerous', why: 'It removes a planned job.' } : { risk: 'forbidden', rule: 'persistence', why: 'It plants something that runs later, by itself.' };
  }
  if (call.name === 'screen' && args.has('-ls')) return shows;
  if (call.name === 'tmux' && /^(ls|list-\w+|info|has-session|display-message|capture-pane|show-\w+)$/.test(args.operands[0]?.text ?? '')) return shows;
  return { risk: 'dangerous', rule: 'session', why: 'It opens a session that outlives the step, or runs what is typed there.' };
}

