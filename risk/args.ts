import type { Value } from './shell/value.ts';

/** Which options a tool takes, as far as its words must be told apart. */
export interface OptionTable {
  /** Options whose value is the next word, or follows the letter or `=`. */
  readonly valued?: string;
  /** Options without a value; only worth a line where they may stand before the verb. */
  readonly plain?: string;
  /** Long options with one dash (`terraform -chdir=x`, `find -name`): letters are not a cluster. */
  readonly oneDash?: boolean;
  /** Whether options end at the first operand, since a command with options of its own follows. */
  readonly stopsAtOperand?: boolean;
}

export interface Option {
  /** With its dashes. */
  readonly name: string;
  readonly value?: Value;
  readonly word: Value;
}

export interface Args {
  readonly operands: readonly Value[];
  readonly options: readonly Option[];
  /** What follows the operand that ended the options, or `--`; a part of the operands. */
  readonly rest: readonly Value[];
  /** Options before the first operand that the table does not know: they could take it as their value. */
  readonly unsure: readonly Option[];
  readonly has: (...names: readonly string[]) => boolean;
  readonly find: (...names: readonly string[]) => Option | undefined;
  readonly valueOf: (...names: readonly string[]) => Value | undefined;
}

const tables = new WeakMap<OptionTable, { valued: ReadonlySet<string>; plain: ReadonlySet<string> }>();

/** Parts the words behind a command's name into options and operands. */
export function parseArgs(words: readonly Value[], table: OptionTable = {}): Args {
  const { valued, plain } = setsOf(table);
  const operands: Value[] = [];
  const options: Option[] = [];
  const unsure: Option[] = [];
  let rest: readonly Value[] = [];

  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (word === undefined) break;
    if (word.text === '--') {
      rest = words.slice(index + 1);
      operands.push(...rest);
      break;
    }
    if (!/^[-+]./.test(word.text) || (word.text.startsWith('+') && !plain.has('+'))) {
      operands.push(word);
      if (!table.stopsAtOperand) continue;
      rest = words.slice(index + 1);
      operands.push(...rest);
      break;
    }
    const found = optionsIn(word, valued, table.oneDash ?? false);
    const last = found.at(-1);
    if (last && valued.has(last.name) && last.value === undefined) {
      index += 1;
      const value = words[index];
      if (value) found[found.length - 1] = { ...last, value };
    } else if (operands.length === 0) {
      unsure.push(...found.filter(({ name, value }) => value === undefined && !plain.has(name) && !valued.has(name)));
    }
    options.push(...found);
  }

  const find = (...names: readonly string[]): Option | undefined => options.find(({ name }) => names.some((wanted) => isSame(name, wanted)));
  return { operands, options, rest, unsure, find, has: (...names) => find(...names) !== undefined, valueOf: (...names) => find(...names)?.value };
}

/** GNU programs take any beginning of a long option that is not ambiguous. */
function isSame(given: string, wanted: string): boolean {
  return given === wanted || (wanted.startsWith('--') && given.length > 3 && given.startsWith('--') && wanted.startsWith(given));
}

function optionsIn(word: Value, valued: ReadonlySet<string>, oneDash: boolean): Option[] {
  const { text } = word;
  if (text.startsWith('--') || oneDash) {
    const equals = text.indexOf('=');
    if (equals === -1) return [{ name: text, word }];
    return [{ name: text.slice(0, equals), value: piece(word, equals + 1), word }];
  }
  const found: Option[] = [];
  for (let index = 1; index < text.length; index += 1) {
    const name = `${text[0]}${text[index]}`;
    if (!valued.has(name)) {
      found.push({ name, word });
      continue;
    }
    const from = text[index + 1] === '=' ? index + 2 : index + 1;
    found.push(from < text.length ? { name, value: piece(word, from), word } : { name, word });
    break;
  }
  return found;
}

function piece({ text, span, place, open }: Value, from: number): Value {
  return {
    text: text.slice(from),
    span,
    ...(open ? { open } : {}),
    ...(place ? { place: (start: number, end: number) => place(start + from, end + from) } : {}),
  };
}

function setsOf(table: OptionTable): { valued: ReadonlySet<string>; plain: ReadonlySet<string> } {
  const known = tables.get(table);
  if (known) return known;
  const made = { valued: wordSet(table.valued), plain: wordSet(table.plain) };
  tables.set(table, made);
  return made;
}

function wordSet(words = ''): ReadonlySet<string> {
  return new Set(words.split(/\s+/).filter((word) => word !== ''));
}
