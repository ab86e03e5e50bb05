import { readJson } from '#secrets/structure/json-text.ts';
import type { Span } from './spans.ts';

/** A span with what its placeholder needs around it: a number that was bare becomes a string. */
export interface FittedSpan extends Span {
  readonly quote: '' | '"';
}

/**
 * Spans as they must be cut so that a text that is JSON stays JSON: inside one string, at the borders of escapes, or over
 * one bare number. In any other text, which may be a piece of JSON, only what stands right around a span is looked at.
 */
export function fitToJson(text: string, spans: readonly Span[]): readonly FittedSpan[] {
  if (spans.length === 0) return [];
  if (!isJson(text)) return spans.map((span) => fitNearby(text, span));
  const fitted: FittedSpan[] = [];
  let next = 0;
  let open = text.indexOf('"');
  let from = 0;
  while (next < spans.length) {
    const close = open < 0 ? -1 : closingQuote(text, open);
    // Between strings: bare literals.
    const bareEnd = open < 0 ? text.length : open;
    for (let at = next; at < spans.length; at += 1) {
      const span = spans[at];
      if (span === undefined || span.start >= bareEnd) break;
      if (span.end > from) fitted.push(...bare(text, span, from, bareEnd));
      if (span.end <= bareEnd) next = at + 1;
    }
    if (open < 0) break;
    const end = close < 0 ? text.length : close;
    for (let at = next; at < spans.length; at += 1) {
      const span = spans[at];
      if (span === undefined || span.start >= end) break;
      if (span.end > open + 1) fitted.push({ ...inString(text, span, open + 1, end), quote: '' });
      if (span.end <= end + 1) next = at + 1;
    }
    if (close < 0) break;
    from = close + 1;
    open = text.indexOf('"', from);
  }
  return fitted.filter((span) => span.end > span.start);
}

function isJson(text: string): boolean {
  const start = /^[\s\ufeff]*(?=[[{"])/.exec(text.slice(0, 200))?.[0].length;
  if (start === undefined) return false;
  const end = readJson(text, start)?.end;
  return end !== undefined && text.slice(end).trim() === '';
}

/** A number after `"name":` gets quotes, and no escape is parted. */
function fitNearby(text: string, span: Span): FittedSpan {
  const isNumber = /^-?\d[\d.eE+-]*$/.test(text.slice(span.start, Math.min(span.end, span.start + 400)));
  const isBare = isNumber && /"\s{0,8}:\s{0,8}$/.test(text.slice(Math.max(0, span.start - 20), span.start));
  return { ...inString(text, span, Math.max(0, span.start - 12), text.length), quote: isBare ? '"' : '' };
}

/** Every bare number inside the span, whole. */
function bare(text: string, span: Span, from: number, to: number): readonly FittedSpan[] {
  const start = Math.max(span.start, from);
  const numbers = text.slice(start, Math.min(span.end, to)).matchAll(/-?\d[\d.eE+-]*/g);
  return [...numbers].map(({ index, 0: number }) => ({ ...span, start: start + index, end: start + index + number.length, quote: '"' as const }));
}

function inString(text: string, span: Span, open: number, close: number): Span {
  let start = Math.max(span.start, open);
  let end = Math.min(span.end, close);
  const before = escapeAround(text, start, open);
  if (before !== null) start = before.start;
  const behind = escapeAround(text, end, open);
  if (behind !== null) end = Math.min(behind.end, close);
  return { ...span, start, end };
}

/** The escape (`\n`, `\u00e4`) that a cut at `at` would part, or null. */
function escapeAround(text: string, at: number, from: number): { start: number; end: number } | null {
  for (let start = Math.max(from, at - 5); start < at; start += 1) {
    if (text[start] !== '\\' || !isEscape(text, start, from)) continue;
    const end = start + (text[start + 1] === 'u' ? 6 : 2);
    if (end > at) return { start, end };
  }
  return null;
}

/** True where a backslash begins an escape rather than ending one. */
function isEscape(text: string, at: number, from: number): boolean {
  let before = 0;
  while (at - before - 1 >= from && text[at - before - 1] === '\\') before += 1;
  return before % 2 === 0;
}

function closingQuote(text: string, open: number): number {
  let at = text.indexOf('"', open + 1);
  while (at > 0 && !isEscape(text, at, open + 1)) at = text.indexOf('"', at + 1);
  return at;
}
