import type { ParameterOperation, Word } from 'unbash';
import { hole } from './value.ts';

/** More is not matched by patterns. */
const maxLength = 1_024;

/**
 * What `${X%y}` and its like make of a known value.
 * @returns undefined where only the shell knows
 */
export function applyOperation(value: string, operation: ParameterOperation, textOf: (word: Word) => string): string | undefined {
  if (value.length > maxLength) return undefined;
  switch (operation.type) {
    case 'Remove':
      return remove(value, operation.operator, textOf(operation.operand), isQuoted(operation.operand));
    case 'Replace':
      return replace(value, operation.operator, textOf(operation.pattern), textOf(operation.replacement), isQuoted(operation.pattern));
    case 'Slice':
      return slice(value, textOf(operation.offset), operation.length && textOf(operation.length));
    case 'CaseModification':
      return operation.operand === undefined || operation.operand.value === '' ? changeCase(value, operation.operator) : undefined;
    case 'Default':
      return useDefault(value, operation.operator, textOf(operation.operand));
    case 'Transform':
    case 'Names':
    case 'Unknown':
      return undefined;
  }
}

function remove(value: string, operator: '#' | '##' | '%' | '%%', text: string, quoted: boolean): string | undefined {
  const pattern = patternOf(text, quoted);
  if (pattern === undefined) return undefined;
  const whole = new RegExp(`^(?:${pattern})$`, 's');
  const isFront = operator.startsWith('#');
  const lengths = Array.from({ length: value.length + 1 }, (_, length) => length);
  if (operator.length === 2) lengths.reverse(); // the longest that fits, not the shortest
  const length = lengths.find((each) => whole.test(isFront ? value.slice(0, each) : value.slice(value.length - each)));
  if (length === undefined) return value;
  return isFront ? value.slice(length) : value.slice(0, value.length - length);
}

function replace(value: string, operator: '/' | '//' | '/#' | '/%', text: string, by: string, quoted: boolean): string | undefined {
  const pattern = patternOf(text, quoted);
  if (pattern === undefined || pattern === '' || by.includes(hole) || /[&\\]/.test(by)) return undefined;
  const anchored = { '/': pattern, '//': pattern, '/#': `^(?:${pattern})`, '/%': `(?:${pattern})$` }[operator];
  return value.replace(new RegExp(anchored, operator === '//' ? 'gs' : 's'), () => by);
}

function slice(value: string, from: string, length: string | undefined): string | undefined {
  const start = numberOf(from);
  const count = length === undefined ? value.length : numberOf(length);
  if (start === undefined || count === undefined) return undefined;
  const begin = start < 0 ? value.length + start : start;
  const end = count < 0 ? value.length + count : begin + count;
  return begin < 0 || end < begin ? undefined : value.slice(begin, end);
}

function numberOf(text: string): number | undefined {
  return /^\s*-?(0|[1-9]\d{0,5})\s*$/.test(text) ? Number(text) : undefined;
}

function changeCase(value: string, operator: '^' | '^^' | ',' | ',,'): string {
  const change = (text: string): string => (operator.startsWith('^') ? text.toUpperCase() : text.toLowerCase());
  return operator.length === 2 ? change(value) : change(value.slice(0, 1)) + value.slice(1);
}

function useDefault(value: string, operator: string, other: string): string | undefined {
  if (operator.endsWith('+')) return operator === ':+' && value === '' ? '' : other;
  if (value !== '' || !operator.startsWith(':')) return value;
  return operator === ':-' ? other : undefined;
}

function isQuoted(word: Word): boolean {
  return word.parts?.some(({ type }) => type === 'DoubleQuoted' || type === 'SingleQuoted' || type === 'AnsiCQuoted') ?? word.value !== word.text;
}

/** A pattern of the shell with at most two `*` as a regular expression; classes and extended patterns are not read. */
function patternOf(text: string, quoted: boolean): string | undefined {
  if (text.includes(hole) || text.length > 64 || (text.match(/\*/g)?.length ?? 0) > 2) return undefined;
  if (/[[\]\\()]/.test(text) || (quoted && /[*?]/.test(text))) return undefined;
  return text.replaceAll(/[.+^${}|/*?-]/g, (sign) => (sign === '*' ? '.*' : sign === '?' ? '.' : sign === '-' || sign === '/' ? sign : `\\${sign}`));
}
