import { type Args, type OptionTable, parseArgs } from './args.ts';
import type { Call } from './context.ts';
import type { Ruling, Rulings } from './ruling.ts';
import { isKnown, type Value } from './shell/value.ts';
import { judgeLosses } from './verbs/losses.ts';

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

/** What the table says, and by which of its words. */
interface Found {
  readonly ruling: Ruling;
  readonly verb: string;
  /** How many operands the words of the table took. */
  readonly length: number;
}

const unknownVerb: Ruling = { risk: 'dangerous', rule: 'unknown-verb', why: 'What this part of the program does is not known, and unknown is dangerous.' };
const unresolved: Ruling = { risk: 'dangerous', rule: 'verb-unresolved', why: 'Only the run will know what the program is told to do.' };
const unlistedVerb: Ruling = { risk: 'dangerous', rule: 'unknown-verb', why: 'This part of it deletes, stops or resets something.' };
const nothing: Ruling = { risk: 'read_only', why: 'It only prints.', rule: 'help' };

const indexes = new WeakMap<Tool, Index>();

/** Judges a call of a known program. */
export function judgeTool(tool: Tool, call: Call): void {
  const args = parseArgs(call.words, tool.options);
  judgeFlags(tool, call, args);
  if (isHarmless(tool, args, call)) return say(call, nothing, call.argv[0]);
  judgeLosses(call, args);
  const ruling = tool.inspect?.(call, args);
  if (ruling) return say(call, ruling, args.operands[0] ?? call.argv[0]);
  if (tool.verbs) return judgeVerb(tool, call, args);
  say(call, tool.otherwise ?? { risk: 'read_only', why: 'It only shows something.' }, call.argv[0]);
}

function judgeFlags(tool: Tool, call: Call, args: Args): void {
  for (const flag of tool.flags ?? []) {
    const [known] = flag.words.filter((word) => args.has(word));
    if (known !== undefined) call.add(flag.risk, flag.rule ?? `${call.name}.${plain(known)}`, flag.why, args.find(known)?.word ?? call.span);
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
    if (other) say(call, other.ruling, operands[1], other.verb);
  }
  if (found && goesOn(found, operands)) return say(call, unlistedVerb, operands[found.length]);
  if (found) return say(call, found.ruling, verb, found.verb);
  say(call, tool.otherwise ?? (verb && !isKnown(verb) ? unresolved : unknownVerb), verb);
}

/** Verbs that nothing bounded starts with, in any tool. */
const destroys = /^(del|delete|remove|rm|destroy|purge|drop|wipe|erase|truncate|reset|restore|prune|terminate|revoke|uninstall|disable|kill|stop|shutdown|flush|failover|(delete|remove|destroy|purge|force|drop|reset)-[a-z-]+)$/;
/** Verbs behind which the name of a thing stands, which may be any word. */
const names = /^(can-i|who-can|can|search|show|get|describe|explain|help|man|grep|logs?|status|cat|view|info|checkout|switch|list|ls|inspect|query|which|why|add|commit|create|read|fetch|tag|branch|start|restart|reload|push|pull|run|blame|diff|label|annotate|set|set-.*|install|upgrade|use-.*|select|tree|version)$/;

/** Whether the table knows only the beginning of a verb that goes on to destroy: `snapshot` of `snapshot delete x`. */
function goesOn({ ruling, verb, length }: Found, operands: readonly Value[]): boolean {
  if (ruling.risk === 'dangerous' || ruling.risk === 'forbidden') return false;
  return !names.test(verb.split(' ').at(-1) ?? '') && destroys.test(operands[length]?.text ?? '');
}

/** Its name holds words of the tables only: a policy may rest on it, and no part of the command is in it. */
function say(call: Call, { risk, rule, why }: Ruling, where: Value | undefined, verb?: string): void {
  if (rule === 'sensitive-read') call.context.report.note('reads-secret', call.span);
  call.add(risk, rule ?? (verb === undefined ? call.name : `${call.name}.${plain(verb)}`), why, risk === 'read_only' ? call.span : (where ?? call.span));
}

/** A word of a table as a part of a rule's name. */
function plain(word: string): string {
  return word.replaceAll(/[^\w-]+/g, '-').replaceAll(/^-+|-+$/g, '');
}

/** The ruling for the longest row of first operands that the tool knows. */
function lookUp({ exact, prefixes, longest }: Index, operands: readonly Value[]): Found | undefined {
  for (let length = Math.min(longest, operands.length); length > 0; length -= 1) {
    const words = operands.slice(0, length).map(({ text }) => text).join(' ');
    const ruling = exact.get(words);
    if (ruling) return { ruling, verb: words, length };
    const begun = prefixes.find(([prefix]) => words.startsWith(prefix) && words.split(' ').length === prefix.split(' ').length);
    if (begun) return { ruling: begun[1], verb: begun[0], length };
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
