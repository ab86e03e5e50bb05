import { parseArgs } from './args.ts';
import type { Call, Stdin } from './context.ts';
import type { Value } from './shell/value.ts';
import { wrapperNamed } from './wrappers.ts';

/** Judges the command inside a command that starts another one. @returns whether it was one */
export function unwrap(call: Call): boolean {
  const wrapper = wrapperNamed(call.name);
  if (wrapper === undefined) return false;
  const args = parseArgs(call.words, { ...wrapper.options, stopsAtOperand: true });
  for (const flag of wrapper.flags ?? []) {
    const found = args.find(...flag.words);
    if (found) call.add(flag.risk, flag.rule ?? `${call.name}.option`, flag.why, found.word);
  }
  if (args.has('--help', '--version')) return true;
  const [unsure] = args.unsure.filter(({ name }) => !wrapper.lone?.split(' ').includes(name));
  if (unsure) call.add('dangerous', 'unknown-option', 'This option is not known, so it is not certain where the inner command begins.', unsure.word);
  if (wrapper.risk) call.add(wrapper.risk.risk, wrapper.risk.rule ?? call.name, wrapper.risk.why, call.argv[0]);
  call.add('read_only', (call.name), 'It runs the command that follows.', call.span);
  wrapper.before?.(call, args);

  let { operands } = args;
  if (wrapper.assignments) operands = withoutAssignments(operands, call);
  const inner = operands.slice(wrapper.skip ?? 0);
  const stdin = wrapper.stdin?.(call) ?? call.context.stdin;
  if (inner.length === 0) {
    if (wrapper.bare) call.add(wrapper.bare.risk, wrapper.bare.rule ?? `${call.name}.bare`, wrapper.bare.why, call.span);
    return true;
  }
  if (wrapper.text) runText(inner, call, stdin);
  else call.context.run(wrapper.extend?.(inner, call, args) ?? inner, stdin);
  return true;
}

/** `ssh`, `watch` and `eval` join their words and give them to a shell. */
function runText(words: readonly Value[], call: Call, stdin: Stdin): void {
  const [only, ...more] = words;
  if (only === undefined) return;
  if (more.length === 0) return call.context.shell(only, stdin);
  const span = [only.span[0], Math.max(...words.map((word) => word.span[1]))] as const;
  call.context.shell({ text: words.map(({ text }) => text).join(' '), span }, stdin);
}

/** `NAME=value` words in front of the command, as `env` and `sudo` take them. */
function withoutAssignments(words: readonly Value[], call: Call): readonly Value[] {
  const first = words.findIndex(({ text }) => !/^[A-Za-z_]\w*=/.test(text));
  for (const word of first === -1 ? words : words.slice(0, first)) {
    const [name = ''] = word.text.split('=', 1);
    call.context.assign(name, word.text.slice(name.length + 1), word.span);
  }
  return first === -1 ? [] : words.slice(first);
}

