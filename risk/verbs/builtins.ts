import type { Args } from '../args.ts';
import type { Call } from '../context.ts';
import { normalise } from '../paths.ts';
import { endangers, forbids, type Ruling } from '../ruling.ts';
import { hole, isKnown, type Value } from '../shell/value.ts';
import type { Tool } from '../tool.ts';

const steers: Ruling = { risk: 'read_only', rule: 'builtin', why: 'It only steers the shell of the step.' };

/** What the shell does by itself, with what it means for the variables that are known. */
export const builtins: readonly Tool[] = [
  { names: ': true false pwd dirs jobs fg bg wait disown umask ulimit type which whence help times caller test [ suspend hash compgen sleep usleep yes seq', otherwise: steers },
  { names: 'echo', otherwise: { risk: 'read_only', why: 'It prints its words.' } },
  {
    names: 'printf',
    inspect(call) {
      if (call.words[0]?.text.startsWith('-v')) call.context.scope.set(call.words[0].text.slice(2) || (call.words[1]?.text ?? ''), undefined);
      return { risk: 'read_only', why: 'It prints its words.' };
    },
  },
  { names: 'cd pushd popd chdir', inspect: changeFolder },
  { names: 'export readonly local declare typeset', inspect: declare },
  {
    names: 'unset',
    inspect(call, args) {
      for (const { text } of args.operands) {
        if (args.has('-f')) call.context.scope.undefine(text);
        else call.context.scope.set(text, undefined);
        if (/^HIST(FILE|SIZE|FILESIZE)$/.test(text)) call.add('forbidden', 'history-off', 'It keeps what is done out of the history.', call.span);
      }
      return steers;
    },
  },
  {
    names: 'set shopt setopt unsetopt emulate',
    inspect(call) {
      const words = call.words.map(({ text }) => text).join(' ');
      if (/\+o history|-o? ?nohistory/.test(words)) call.add('forbidden', 'history-off', 'It keeps what is done out of the history.', call.span);
      if (call.words[0]?.text === '--') setParameters(call, call.words.slice(1));
      if (/expand_aliases|lastpipe|extdebug|localvar|compat|cdable|autocd|posix|-a\b|-k\b|-o allexport|keyword/.test(words)) call.context.scope.forget();
      return steers;
    },
  },
  { names: 'read mapfile readarray getopts', options: { valued: '-a -d -i -n -N -p -t -u -C -c -O -s' }, inspect: assignAll },
  {
    names: 'let',
    inspect(call, args) {
      call.context.scope.forget();
      for (const word of args.operands) arithmetic(call, word.text, word.span);
      return steers;
    },
  },
  { names: 'unalias zle zstyle autoload zmodload compinit compdef abbr', otherwise: { risk: 'caution', why: 'It changes how the shell reads what follows.' } },
  { names: 'complete bind enable ', inspect: (_, args) => (args.operands.length === 0 && !args.has('-f', '-x', '-F', '-C') ? steers : { risk: 'dangerous', rule: 'shell-hook', why: 'It makes the shell run or load something.' }) },
  { names: 'history fc', flags: [forbids('-c|-d|-w|-r|-a|-n', 'It changes the history of what was done.', 'history-off'), endangers('-s|-e', 'It runs a command of the history.')], otherwise: { risk: 'read_only', why: 'It shows what was typed before.' } },
];

/** `set -- a b`: what the parameters of the script are from here on. */
function setParameters(call: Call, words: readonly Value[]): void {
  const isPlain = words.every((word) => isKnown(word) && !word.open && /^\S+$/.test(word.text));
  for (let index = 0; index < 10; index += 1) call.context.scope.set(String(index), isPlain && index > 0 ? (words[index - 1]?.text ?? '') : undefined);
  for (const name of ['@', '*']) call.context.scope.set(name, isPlain ? words.map(({ text }) => text).join(' ') : undefined);
}

function changeFolder(call: Call, args: Args): Ruling {
  const [folder] = args.operands;
  const { scope } = call.context;
  const path = folder?.text ?? '~';
  if (!args.operands.every(isKnown) || path === '-' || call.name === 'popd') scope.directory = undefined;
  else scope.directory = /^[/~]/.test(path) || scope.directory !== undefined ? normalise(path, scope.directory) : undefined;
  return { ...steers, rule: call.name };
}

function declare(call: Call, args: Args): Ruling {
  const { scope } = call.context;
  if (args.has('-n')) scope.forget();
  for (const word of args.operands) {
    const name = word.text.split(/\+?=/, 1)[0] ?? '';
    if (name === '' || name.includes(hole)) scope.forget();
    else if (!word.text.includes('=')) scope.set(name, call.name === 'export' ? scope.get(name) : undefined);
    if (args.has('-i', '-a', '-A', '-u', '-l', '-c', '-f', '-g')) scope.set(name, undefined);
    if (args.has('-i')) arithmetic(call, word.text, word.span);
  }
  return { risk: 'read_only', rule: call.name, why: 'It only sets variables of the shell.' };
}

function assignAll(call: Call, args: Args): Ruling {
  for (const { text } of args.operands) {
    const name = text.replace(/\[.*/, '');
    if (name.includes(hole)) call.context.scope.forget();
    else call.context.scope.set(name, undefined);
  }
  for (const name of ['REPLY', 'MAPFILE', 'OPTARG', 'OPTIND', args.valueOf('-a')?.text ?? '']) call.context.scope.set(name, undefined);
  const hook = args.valueOf('-C');
  if (hook && call.name !== 'read') call.context.shell(hook);
  return steers;
}

/** An index in an arithmetic expression is expanded, also where it came in quotes. */
function arithmetic(call: Call, text: string, span: readonly [number, number]): void {
  for (const [, code] of text.matchAll(/\$\(([^()]*)\)|`([^`]*)`/g)) if (code) call.context.shell({ text: code, span });
  if (/\$\(|`/.test(text)) call.add('dangerous', 'arithmetic-code', 'An arithmetic expression runs the command in its index.', span);
}
