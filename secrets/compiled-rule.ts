import type { SecretRule } from './family.ts';

/** A rule with what is known of its pattern before any text is read. */
export interface CompiledRule {
  /** Its number among all rules. */
  readonly index: number;
  readonly name: string;
  readonly rule: SecretRule;
  readonly pattern: RegExp;
  readonly isLeading: boolean;
  /** True where the pattern begins at the keyword itself. */
  readonly isAnchored: boolean;
  /** What must stand at the keyword and what ends its reach, where the pattern is sought behind it on the same command. */
  readonly passingOver: { readonly opens: RegExp | null; readonly stops: RegExp } | null;
  /** The same pattern, telling where its groups lie, and the names of those that hold the secret. */
  readonly placing: RegExp;
  readonly secretGroups: readonly string[];
  /** True where nothing but a look ahead follows the group, or a quote before that. */
  readonly endsInSecret: boolean;
  readonly isQuoted: boolean;
  /** A match is no longer than this, with what is looked for behind it. */
  readonly longest: number;
  /** True where a check looks at what stands before the secret. */
  readonly checksBefore: boolean;
}

/** Where keywords stand close together, a rule looks so much further at once, and passes over those in between. */
export const denseStride = 512;

/** How far a match near a keyword may reach beyond the place where it must begin. */
export const maxSecretLength = 512;

/** The group of the secret at the end of a pattern of which escapes and classes are blotted out. */
const secretAtEnd = /\(\?<secret>[^()]*\)$/;

/** The quote that opened a secret, again behind it. */
const quoteAgain = '\\k<q>';

/** Prepares one rule of a family. */
export function compileRule(family: string, rule: SecretRule, index: number): CompiledRule {
  const { near, checks = [], pattern, passingOver } = rule;
  const { source } = pattern;
  const flags = `${pattern.flags.replace(/[dgy]/g, '')}${near === undefined ? 'y' : 'g'}`;
  const body = withoutLookAhead(source);
  const isQuoted = body.endsWith(quoteAgain);
  const secretGroups = [...source.matchAll(/\(\?<(secret\w*)>/g)].map(([, group]) => group ?? '');
  return {
    index,
    name: `${family}/${rule.id}`,
    rule,
    pattern: new RegExp(source, flags),
    isLeading: near === undefined,
    isAnchored: near !== undefined && source.startsWith('^'),
    passingOver: passingOver === undefined ? null : { opens: passingOver.opens === undefined ? null : flagged(passingOver.opens, 'y'), stops: flagged(passingOver.stops, 'g') },
    placing: new RegExp(source, `${flags}d`),
    secretGroups,
    endsInSecret: secretGroups.length === 1 && secretAtEnd.test(blotted(isQuoted ? body.slice(0, -quoteAgain.length) : body)),
    isQuoted,
    longest: longestOf(source),
    checksBefore: checks.includes('named-secret') || checks.includes('asked-for'),
  };
}

/** The pattern with an `x` for each character of an escape or a class. */
function blotted(source: string): string {
  return source.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]/g, (part) => 'x'.repeat(part.length));
}

/** The pattern without a look ahead at its end. */
function withoutLookAhead(source: string): string {
  const bare = blotted(source);
  let depth = 0;
  for (let at = bare.length - 1; at >= 0; at -= 1) {
    if (bare[at] === ')') depth += 1;
    if (bare[at] === '(') depth -= 1;
    if (depth === 0) return /^\(\?[=!]/.test(bare.slice(at)) ? source.slice(0, at) : source;
  }
  return source;
}

function flagged({ source, flags }: RegExp, flag: string): RegExp {
  return new RegExp(source, `${flags.replace(/[dgy]/g, '')}${flag}`);
}

/** How long a match can be: what is counted, and what is written once; where a count stands in a count, as far as any goes. */
function longestOf(source: string): number {
  if (/\)\{|[*+](?![^(]*\))|\)[*+]/.test(source.replaceAll(/\\.|\[(?:\\.|[^\]])*\]/g, 'x'))) return maxSecretLength + denseStride;
  const counts = [...source.matchAll(/\{(\d+)(?:,(\d+))?\}/g)].map(([, least, most]) => Number(most ?? least));
  return Math.min(maxSecretLength + denseStride, counts.reduce((sum, count) => sum + count, source.length));
}
