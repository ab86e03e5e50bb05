import { RE2JS } from 're2js';
import { Fault } from '#proto/domain/fault.ts';
import { createAutomaton } from '#secrets/automaton.ts';
import type { Detect, Hit } from '#secrets/hit.ts';
import type { CustomerPattern } from './customer-rules.ts';

/** How far around a keyword a pattern looks. */
const reach = 1_024;

/** Without keywords a text is searched in windows of this length, which overlap by `reach`. */
const windowLength = 16_384;

/** All patterns together may take so long for one text; what is left then is masked unseen. */
const deadlineMs = 200;

interface CompiledPattern {
  readonly name: string;
  readonly expression: RE2JS;
  readonly keywords: readonly string[];
}

/**
 * The customer's own patterns, in RE2, which takes linear time whatever the pattern. Where the deadline strikes, the rest
 * of the text is a hit of its own: nothing leaves that was not looked at.
 * @throws Fault `scrub-rule-invalid`
 */
export function createCustomerPatterns(patterns: readonly CustomerPattern[], now: () => number): Detect {
  const compiled = patterns.map(compile);
  const keywords = [...new Set(compiled.flatMap((pattern) => pattern.keywords))];
  const automaton = createAutomaton(keywords);
  const everywhere = compiled.filter((pattern) => pattern.keywords.length === 0);
  if (compiled.length === 0) return () => [];

  return (text) => {
    const hits: Hit[] = [];
    const end = now() + deadlineMs;
    const found: { readonly word: string; readonly at: number }[] = [];
    if (keywords.length > 0) automaton.scan(text, (index, at) => found.push({ word: keywords[index] ?? '', at }));
    for (const pattern of compiled) {
      const windows = everywhere.includes(pattern) ? windowsOf(text) : windowsAround(text, found.filter(({ word }) => pattern.keywords.includes(word)));
      for (const [from, to] of windows) {
        if (now() > end) return [...hits, { rule: `customer/${pattern.name}:deadline`, kind: 'value', start: from, end: text.length }];
        search(pattern, text, from, to, hits);
      }
    }
    return hits;
  };
}

function compile({ name, pattern, keywords }: CustomerPattern): CompiledPattern {
  if (keywords.some((keyword) => !/^[\x20-\x7e]+$/.test(keyword))) throw new Fault('scrub-rule-invalid', { rule: name, why: 'a keyword must be ASCII' });
  try {
    const expression = RE2JS.compile(pattern);
    if (expression.matcher('').matches()) throw new Fault('scrub-rule-invalid', { rule: name, why: 'the pattern matches the empty text' });
    return { name, expression, keywords: keywords.map((keyword) => keyword.toLowerCase()) };
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault('scrub-rule-invalid', { rule: name, why: error instanceof Error ? error.message : String(error) });
  }
}

function search({ name, expression }: CompiledPattern, text: string, from: number, to: number, hits: Hit[]): void {
  const matcher = expression.matcher(text.slice(from, to));
  const group = matcher.groupCount() > 0 ? 1 : 0;
  while (matcher.find()) {
    const start = matcher.start(group);
    const end = matcher.end(group);
    if (start >= 0 && end > start) hits.push({ rule: `customer/${name}`, kind: 'value', start: from + start, end: from + end });
  }
}

function* windowsOf(text: string): Generator<readonly [number, number]> {
  for (let from = 0; from < text.length; from += windowLength - reach) yield [from, Math.min(text.length, from + windowLength)];
}

/** Windows around keywords; those that overlap become one. */
function* windowsAround(text: string, found: readonly { readonly at: number }[]): Generator<readonly [number, number]> {
  let open: [number, number] | null = null;
  for (const { at } of found) {
    const from = Math.max(0, at - reach);
    const to = Math.min(text.length, at + reach);
    if (open !== null && from <= open[1] && to - open[0] <= windowLength) open[1] = to;
    else {
      if (open !== null) yield open;
      open = [from, to];
    }
  }
  if (open !== null) yield open;
}
