import { maxLength } from '../budget.ts';
import { toList, toText } from '../convert.ts';
import { Mistake } from '../mistake.ts';
import { toListOf } from '../convert-to.ts';
import { listOf, type Type } from '../typed.ts';
import { isList, isSet, unknown, type Value } from '../value.ts';
import { format } from './format.ts';
import { matches, replaceMatches } from './regular.ts';
import { many, type FunctionTable } from './rule.ts';
import { whole } from './whole.ts';

const text: Type = { kind: 'string' };

export const stringFunctions: FunctionTable = {
  chomp: { takes: [1, 1], run: ([text]) => str(text).replace(/[\r\n]+$/, '') },
  endswith: { takes: [2, 2], run: ([text, end]) => str(text).endsWith(str(end)) },
  startswith: { takes: [2, 2], run: ([text, start]) => str(text).startsWith(str(start)) },
  strcontains: { takes: [2, 2], run: ([text, part]) => str(text).includes(str(part)) },
  format: { takes: [1, many], run: ([pattern, ...args]) => format(str(pattern), args) },
  formatlist: { takes: [1, many], run: ([pattern, ...args]) => formatEach(str(pattern), args) },
  indent: { takes: [2, 2], run: ([spaces, text]) => str(text).replaceAll('\n', `\n${' '.repeat(within(whole(spaces), 1_000))}`) },
  join: { takes: [2, many], run: ([separator, ...lists]) => lists.flatMap((list) => toList(list)).map(toText).join(str(separator)) },
  lower: { takes: [1, 1], run: ([text]) => Array.from(str(text), (of) => Array.from(of.toLowerCase())[0] ?? of).join('') },
  upper: { takes: [1, 1], run: ([text]) => Array.from(str(text), letter).join('') },
  title: { takes: [1, 1], run: ([text]) => str(text).replaceAll(/(^|[^\p{L}\p{N}_])(\p{L})/gu, (_, before: string, first: string) => before + letter(first)) },
  regex: { takes: [2, 2], run: ([pattern, text], budget) => firstOf(matches(str(pattern), str(text), budget)) },
  regexall: { takes: [2, 2], run: ([pattern, text], budget) => toListOf(matches(str(pattern), str(text), budget)) },
  replace: {
    takes: [3, 3],
    run: ([text, part, by], budget) => {
      const pattern = /^\/([\s\S]*)\/$/.exec(str(part))?.[1];
      return pattern === undefined ? bounded(str(text).replaceAll(str(part), () => str(by))) : bounded(replaceMatches(pattern, str(text), str(by), budget));
    },
  },
  split: { takes: [2, 2], run: ([separator, of]) => listOf(text, split(str(separator), str(of))) },
  strrev: { takes: [1, 1], run: ([text]) => graphemes(str(text)).toReversed().join('') },
  substr: { takes: [3, 3], run: ([text, offset, length]) => substr(str(text), whole(offset), whole(length)) },
  trim: { takes: [2, 2], run: ([text, set]) => trim(str(text), str(set)) },
  trimprefix: { takes: [2, 2], run: ([text, start]) => (str(text).startsWith(str(start)) ? str(text).slice(str(start).length) : str(text)) },
  trimsuffix: { takes: [2, 2], run: ([text, end]) => (str(end) !== '' && str(text).endsWith(str(end)) ? str(text).slice(0, -str(end).length) : str(text)) },
  trimspace: { takes: [1, 1], run: ([text]) => str(text).replaceAll(/^[\p{White_Space}]+|[\p{White_Space}]+$/gu, '') },
};

function str(value: Value | undefined): string {
  return toText(value ?? null);
}

function within(value: number, limit: number): number {
  if (value < 0 || value > limit) throw new Mistake('the number is out of range');
  return value;
}

function bounded(text: string): string {
  if (text.length > maxLength) throw new Mistake('the text grows without end');
  return text;
}

function firstOf(found: readonly Value[]): Value {
  const [first] = found;
  if (first === undefined) throw new Mistake('the pattern does not match');
  return first;
}

function split(separator: string, text: string): readonly string[] {
  return separator === '' ? graphemes(text) : text.split(separator);
}

function graphemes(text: string): readonly string[] {
  return [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment);
}

function substr(text: string, offset: number, length: number): string {
  const all = graphemes(text);
  const start = offset < 0 ? Math.max(0, all.length + offset) : offset;
  return all.slice(start, length < 0 ? undefined : start + length).join('');
}

function trim(text: string, set: string): string {
  const taken = new Set(set);
  const all = Array.from(text);
  const start = all.findIndex((character) => !taken.has(character));
  return start === -1 ? '' : all.slice(start, all.findLastIndex((character) => !taken.has(character)) + 1).join('');
}

function formatEach(pattern: string, given: readonly Value[]): Value {
  if (given.includes(null)) return unknown('how terraform writes a null is not decided here');
  const args = given.map((arg) => (isSet(arg) ? arg.items : arg));
  const lists = args.filter(isList);
  const length = lists[0]?.length ?? 1;
  if (lists.some((list) => list.length !== length)) throw new Mistake('the lists for formatlist differ in length');
  return listOf(text, Array.from({ length }, (_, index) => format(pattern, args.map((arg) => (isList(arg) ? (arg[index] ?? null) : arg)))));
}

/** As Go does it: letter by letter, so that one for which two would be needed stays as it is. */
function letter(of: string): string {
  const upper = of.toUpperCase();
  return Array.from(upper).length === 1 ? upper : of;
}
