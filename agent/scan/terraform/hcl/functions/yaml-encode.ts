import { numberText } from '../convert.ts';
import { Mistake, Untold } from '../mistake.ts';
import { isExact, isMap, members, type Value } from '../value.ts';

/** Where terraform breaks quoted texts. */
const bestWidth = 80;

/** YAML as terraform's `yamlencode` writes it: keys sorted, keys and texts in quotes, texts of several lines as blocks. */
export function encodeYaml(value: Value): string {
  if (isMap(value) && value.size > 0) return mapping(value, 0);
  const items = members(value);
  if (items !== undefined && items.length > 0) return sequence(items, 0);
  const isPlain = typeof value !== 'string' && !isMap(value) && items === undefined;
  return `${scalar(value, { indent: 2, column: 0 })}\n${isPlain ? '...\n' : ''}`;
}

interface Place {
  /** Of the lines that follow. */
  readonly indent: number;
  readonly column: number;
}

function mapping(map: ReadonlyMap<string, Value>, indent: number): string {
  const lines = [...map.keys()].sort().map((key) => `${keyText(key)}:${entry(map.get(key) ?? null, indent, keyText(key).length + 1)}`);
  return lines.join(' '.repeat(indent));
}

function keyText(key: string): string {
  if (key.length > 100 || key.includes('\n')) throw new Untold('how so long a key is written in YAML is not decided here');
  return quoted(key, null);
}

/** Behind `key:`. Lists stand as far to the left as the key. */
function entry(value: Value, indent: number, width: number): string {
  const items = members(value);
  if (isMap(value) && value.size > 0) return `\n${' '.repeat(indent + 2)}${mapping(value, indent + 2)}`;
  if (items !== undefined && items.length > 0) return `\n${' '.repeat(indent)}${sequence(items, indent)}`;
  return ` ${scalar(value, { indent: indent + 2, column: indent + width + 1 })}\n`;
}

function sequence(items: readonly Value[], indent: number): string {
  return items.map((item) => `- ${member(item, indent)}`).join(' '.repeat(indent));
}

function member(value: Value, indent: number): string {
  const items = members(value);
  if (isMap(value) && value.size > 0) return mapping(value, indent + 2);
  if (items !== undefined && items.length > 0) return sequence(items, indent + 2);
  return `${scalar(value, { indent: indent + 2, column: indent + 2 })}\n`;
}

function scalar(value: Value, place: Place): string {
  if (typeof value === 'string') return isBlock(value) ? block(value, place.indent) : quoted(value, place);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number' || isExact(value)) return numberText(value);
  if (isMap(value)) return '{}';
  if (members(value) === undefined) throw new Mistake('this cannot be written as YAML');
  return '[]';
}

/** Texts of several lines stand as blocks, but for those that a block would not keep. */
function isBlock(text: string): boolean {
  if (/[\u0085\u2028\u2029]/.test(text) && text.includes('\n')) throw new Untold('how such a line is written in YAML is not decided here');
  return text.includes('\n') && !/[^\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]| \n| $/.test(text);
}

function block(text: string, indent: number): string {
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const body = text.replace(/\n*$/, '');
  const ends = text.length - body.length;
  const chomp = ends === 0 ? '-' : ends > 1 || body === '' ? '+' : '';
  const lines = text.split('\n').map((line) => (line === '' ? '' : ' '.repeat(indent) + line));
  return `|${hint}${chomp}\n${lines.join('\n').replace(/\n$/, '')}`;
}

/** In double quotes; without a place on one line, else broken at the first space behind the best width. */
function quoted(text: string, place: Place | null): string {
  if (text.includes('\ufeff')) throw new Untold('how a byte order mark is written in YAML is not decided here');
  const signs = Array.from(text);
  let written = '"';
  let column = (place?.column ?? 0) + 1;
  let isAfterSpace = false;
  for (const [index, sign] of signs.entries()) {
    const breaks = sign === ' ' && place !== null && !isAfterSpace && column > bestWidth && index > 0 && index < signs.length - 1;
    const piece = breaks ? `\n${' '.repeat(place.indent)}${signs[index + 1] === ' ' ? '\\' : ''}` : escaped(sign);
    column = breaks ? place.indent + (signs[index + 1] === ' ' ? 1 : 0) : column + Array.from(piece).length;
    written += piece;
    isAfterSpace = sign === ' ';
  }
  return `${written}"`;
}

const escapes: ReadonlyMap<string, string> = new Map([['\0', '\\0'], ['\u0007', '\\a'], ['\b', '\\b'], ['\t', '\\t'], ['\n', '\\n'], ['\v', '\\v'], ['\f', '\\f'], ['\r', '\\r'], ['\u001b', '\\e'], ['"', '\\"'], ['\\', '\\\\'], ['\u0085', '\\N'], ['\u2028', '\\L'], ['\u2029', '\\P']]);

function escaped(sign: string): string {
  const known = escapes.get(sign);
  if (known !== undefined) return known;
  if (/[\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd]/.test(sign)) return sign;
  const point = sign.codePointAt(0) ?? 0;
  const hex = point.toString(16).toUpperCase();
  return point <= 0xff ? `\\x${hex.padStart(2, '0')}` : point <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
