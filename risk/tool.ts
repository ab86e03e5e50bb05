import { type Args, type OptionTable, parseArgs } from './args.ts';
import type { Call } from './context.ts';
import type { Ruling, Rulings } from './ruling.ts';
import { isKnown, type Value } from './shell/value.ts';

/** What a program does, by its verbs and options. Data first; `inspect` says what data cannot. */
export interface Tool {
  /** Separated by blanks. */
  readonly names: string;
  readonly options?: OptionTable;
  /** Options with which nothing is done, such as `--dry-run`; `--help` and `--version` everywhere. */
  readonly harmless?: string;
  /** Options that carry a risk of their own. */
  readonly flags?: readonly Rulings[];
  /** By the first operands; the longest that fits wins. A word may end in `*`. */
  readonly verbs?: readonly Rulings[];
  /** Where there is no operand. */
  readonly bare?: Ruling;
  /** Where no verb fits; without it, an unknown verb is dangerous. */
  readonly otherwise?: Ruling;
  /** Adds findings; a ruling that it answers is taken in place of the verbs'. */
  readonly inspect?: (call: Call, args: Args) => Ruling | undefined;
}

interface Index {
  readonly exact: ReadonlyMap<string, Ruling>;
  readonly prefixes: readonly (readonly [string, Ruling])[];
  readonly longest: number;
}

const unknownVerb: Ruling = { risk: 'dangerous', rule: 'unknown-verb', why: 'What this part of the program does is not known, and unknown is dangerous.' };
const unresolved: Ruling = { risk: 'dangerous', rule: 'verb-unresolved', why: 'Only the run will know what the program is told to do.' };
const nothing: Ruling = { risk: 'read_only', why: 'It only prints.', rule: 'help' };

const indexes = new WeakMap<Tool, Index>();

/** Judges a call of a known program. */
export function judgeTool(tool: Tool, call: Call): void {
  const args = parseArgs(call.words, tool.options);
  judgeFlags(tool, call, args);
  if (isHarmless(tool, args, call)) return say(call, nothing, call.argv[0]);
  const ruling = tool.inspect?.(call, args);
  if (ruling) return say(call, ruling, args.operands[0] ?? call.argv[0]);
  if (tool.verbs) return judgeVerb(tool, call, args);
  say(call, tool.otherwise ?? { risk: 'read_only', why: 'It only shows something.' }, call.argv[0]);
}

function judgeFlags(tool: Tool, call: Call, args: Args): void {
  for (const flag of tool.flags ?? []) {
    const found = args.find(...flag.words);
    if (found) call.add(flag.risk, flag.rule ?? `${call.name}.${found.name.replace(/^-+/, '')}`, flag.why, found.word);
  }
}

/** Without verbs only a first `--help` counts: not every system reads options behind operands. */
function isHarmless(tool: Tool, { options }: Args, { words }: Call): boolean {
  const help = /^--(help|version)$/;
  const asked = tool.verbs ? options.some(({ name }) => help.test(name)) : help.test(words[0]?.text ?? '');
  const wanted = (tool.harmless ?? '').split(' ');
  return asked || options.some(({ name, value }) => wanted.includes(name) && !/^(false|none|no|0)$/i.test(value?.text ?? ''));
}

function judgeVerb(tool: Tool, call: Call, args: Args): void {
  const { operands, unsure } = args;
  if (operands.length === 0) return say(call, tool.bare ?? tool.otherwise ?? unknownVerb, call.argv[0]);
  const index = indexOf(tool);
  const [verb] = operands;
  const found = lookUp(index, operands);
  if (unsure.length > 0) {
    const other = lookUp(index, operands.slice(1)); // the option may have taken the first operand for its value
    if (other) say(call, other, operands[1]);
  }
  if (found) return say(call, found, verb);
  say(call, tool.otherwise ?? (verb && !isKnown(verb) ? unresolved : unknownVerb), verb);
}

function say(call: Call, { risk, rule, why }: Ruling, where: Value | undefined): void {
  const verb = where === call.argv[0] || where === undefined ? '' : `.${where.text.replaceAll(/[^\w-]/g, '')}`;
  call.add(risk, rule ?? `${call.name}${verb}`, why, risk === 'read_only' ? call.span : (where ?? call.span));
}

/** The ruling for the longest row of first operands that the tool knows. */
function lookUp({ exact, prefixes, longest }: Index, operands: readonly Value[]): Ruling | undefined {
  for (let length = Math.min(longest, operands.length); length > 0; length -= 1) {
    const words = operands.slice(0, length).map(({ text }) => text).join(' ');
    const ruling = exact.get(words) ?? prefixes.find(([prefix]) => words.startsWith(prefix) && words.split(' ').length === prefix.split(' ').length)?.[1];
    if (ruling) return ruling;
  }
  return undefined;
}

function indexOf(tool: Tool): Index {
  const known = indexes.get(tool);
  if (known) return known;
  const exact = new Map<string, Ruling>();
  const prefixes: (readonly [string, Ruling])[] = [];
  let longest = 0;
  for (const { words, ...ruling } of tool.verbs ?? []) {
    for (const word of words) {
      longest = Math.max(longest, word.split(' ').length);
      if (word.endsWith('*')) prefixes.push([word.slice(0, -1), ruling]);
      else exact.set(word, ruling);
    }
  }
  const index = { exact, prefixes, longest };
  indexes.set(tool, index);
  return index;
}
