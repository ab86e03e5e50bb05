import { type CommandExpansionPart, type DoubleQuotedChild, type ParameterExpansionPart, parse, type Word, type WordPart } from 'unbash';
import { alternativesOf } from './braces.ts';
import { applyOperation } from './parameters.ts';
import type { Scope } from './scope.ts';
import { at, hole, type Place, type Value } from './value.ts';

/** What folding needs to know around a word. */
export interface Folding {
  readonly scope: Scope;
  readonly place: Place;
  /** What a substitution prints, where that is certain. */
  readonly output: (part: CommandExpansionPart) => string | undefined;
  /** An unquoted piece, as it was written. */
  readonly onLiteral?: (piece: string, part: { readonly pos: number; readonly end: number }) => void;
}

/** More than this from one word is not looked at. */
const maxWords = 256;

interface Field {
  text: string;
  open: boolean;
  quoted: boolean;
  loose?: boolean;
}

/** A word as the words that the shell makes of it: quotes gone, braces and known variables expanded, and split. */
export function foldWord(word: Word, folding: Folding): readonly Value[] {
  const span = folding.place(word.pos, word.end);
  const parameters = /^"?\$(@|\{@\})"?$/.test(word.text) ? folding.scope.get('@') : undefined;
  if (parameters !== undefined) return parameters.split(' ').filter((text) => text !== '').map((text) => ({ text, span }));
  if (word.parts === undefined) {
    folding.onLiteral?.(word.text, word);
    return [{ text: word.value, span, ...(word.value === word.text ? { place: placeFrom(word.pos, folding.place) } : {}) }];
  }
  const fields = word.parts.reduce<Field[]>((made, part) => extend(made, part, folding), [{ text: '', open: false, quoted: false }]);
  const kept = fields.filter(({ text, quoted }) => text !== '' || quoted).slice(0, maxWords);
  const place = kept.length === 1 ? placeOfQuoted(word, kept[0]?.text ?? '', folding.place) : undefined;
  return kept.map(({ text, open, loose }) => ({ text, span, ...(open ? { open } : {}), ...(loose ? { loose } : {}), ...(place ? { place } : {}) }));
}

/** A word where the shell does not split: an assignment's value, a here-string, the text of a heredoc. */
export function foldText(parts: readonly WordPart[] | undefined, plain: string, folding: Folding): string {
  if (parts === undefined) return plain;
  return parts.map((part) => textOf(part, folding)).join('');
}

function extend(fields: Field[], part: WordPart, folding: Folding): Field[] {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the others are quoted
  switch (part.type) {
    case 'SimpleExpansion':
    case 'ParameterExpansion':
      return split(fields, textOf(part, folding), folding.scope.get('IFS'));
    case 'CommandExpansion':
      return split(fields, textOf(part, folding), folding.scope.get('IFS')).map((field, index) => (index < fields.length - 1 ? field : { ...field, loose: true }));
    case 'BraceExpansion':
      return branchOut(fields, part.text, folding);
    case 'Glob':
    case 'ExtendedGlob':
      return append(fields, part.text, { open: true, quoted: false });
    case 'Literal':
      folding.onLiteral?.(part.text, part);
      return append(fields, part.value, { open: false, quoted: false });
    default:
      return append(fields, textOf(part, folding), { open: false, quoted: true });
  }
}

function append(fields: Field[], text: string, { open, quoted }: { open: boolean; quoted: boolean }): Field[] {
  const last = fields.at(-1) ?? { text: '', open: false, quoted: false };
  return [...fields.slice(0, -1), { ...last, text: last.text + text, open: last.open || open, quoted: last.quoted || quoted }];
}

/** An unquoted expansion: the shell splits it at white space, or at what `IFS` says. */
function split(fields: Field[], text: string, separators = ' \t\n'): Field[] {
  const open = text.includes(hole) || /[*?[]/.test(text);
  const [first = '', ...rest] = text.split(separators === ' \t\n' ? /[ \t\n]+/ : new RegExp(`[${separators.replaceAll(/[^\w\s]/g, String.raw`\$&`)}]+`));
  const made = append(fields, first, { open, quoted: false });
  for (const piece of rest) made.push({ text: piece, open, quoted: false });
  return made;
}

function branchOut(fields: Field[], text: string, folding: Folding): Field[] {
  const alternatives = alternativesOf(text);
  const stem = fields.at(-1);
  if (alternatives === undefined || stem === undefined || fields.length > maxWords) return append(fields, hole, { open: true, quoted: false });
  const made = fields.slice(0, -1);
  for (const alternative of alternatives) made.push(...foldSource(alternative, folding).map((piece) => ({ ...piece, text: stem.text + piece.text, quoted: true })));
  return made;
}

/** Folds a piece of source that the parser left as text. */
function foldSource(source: string, folding: Folding): Field[] {
  if (source === '') return [{ text: '', open: false, quoted: true }];
  const [statement] = parse(`: _${source}`).commands;
  const argument = statement?.command.type === 'Command' ? statement.command.args[0] : undefined;
  if (argument?.type !== 'Word') return [{ text: hole, open: true, quoted: false }];
  const words = foldWord(argument, { ...folding, place: at(folding.place(0, 0)) });
  return words.map(({ text, open = false }, index) => ({ text: index === 0 ? text.slice(1) : text, open, quoted: true }));
}

function textOf(part: WordPart | DoubleQuotedChild, folding: Folding): string {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return part.value;
    case 'DoubleQuoted':
    case 'LocaleString':
      return part.parts.map((inner) => textOf(inner, folding)).join('');
    case 'SimpleExpansion':
      return variable(part.text.slice(1), folding.scope);
    case 'ParameterExpansion':
      return expand(part, folding);
    case 'CommandExpansion':
      return folding.output(part)?.replace(/\n+$/, '') ?? hole;
    case 'Glob':
    case 'ExtendedGlob':
    case 'BraceExpansion':
      return part.text;
    case 'ArithmeticExpansion':
    case 'ProcessSubstitution':
      return hole;
  }
}

function expand({ parameter, prefix, index, operation }: ParameterExpansionPart, folding: Folding): string {
  const value = variable(parameter, folding.scope);
  if (index !== undefined || prefix !== undefined) return hole;
  if (operation === undefined) return value;
  if (value.includes(hole)) return hole;
  return applyOperation(value, operation, ({ parts, value: plain }) => foldText(parts, plain, folding)) ?? hole;
}

function variable(name: string, scope: Scope): string {
  const known = scope.get(name);
  if (known !== undefined) return known;
  if (name === 'IFS') return ' ';
  if (name === 'PATH') return '$PATH';
  return name === 'HOME' ? '~' : hole;
}

function placeFrom(start: number, place: Place): Place {
  return (from, to) => place(start + from, start + to);
}

/** The text of a word in one pair of quotes stands there as it is, unless something in it was unescaped. */
function placeOfQuoted(word: Word, text: string, place: Place): Place | undefined {
  const offset = word.text.indexOf(text);
  return offset === -1 || text === '' ? undefined : placeFrom(word.pos + offset, place);
}
