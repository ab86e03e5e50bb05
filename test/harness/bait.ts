import { type CharacterNode, type GroupNode, parsePattern, type RepeatNode } from './regex-tree.ts';

/** A text made to keep a pattern busy: it leads into one of its repetitions, fills it, and then breaks off. */
export interface Bait {
  readonly unit: string;
  /** The repetition that is filled, by its number in the pattern, and with what. */
  readonly about: string;
}

/** Repetitions that may be this long are worth filling. */
const minMost = 6;

/** How often what fills a repetition is written: hardly, some, and as far as windows go. */
const lengths = [1, 12, 600] as const;

/** Tried in this order where a class takes several. */
const alphabet = 'a0A-_ ="\':/.,;@&+%#~!?*|\\()[]{}<>$^`\n\t'.split('');

/** What breaks off a match: nothing, the end of a line, a character that no pattern takes. */
const breaks = ["", "\u0001"] as const;

/**
 * For each repetition of a pattern: texts that lead to it, fill it with what it and its neighbours take alike (so that where
 * one ends and the next begins is open), or with the keyword itself, and break off.
 */
export function baitsOf(pattern: RegExp, keyword: string): readonly Bait[] {
  const tree = parsePattern(pattern);
  const baits: Bait[] = [];
  const lead = (before: string): string => (before.toLowerCase().includes(keyword.toLowerCase()) ? before : `${keyword}${before}`);
  let count = 0;
  walk(tree, '');
  return baits;

  function walk(group: GroupNode, before: string): string {
    for (const option of group.options) {
      let led = before;
      for (const [index, item] of option.entries()) {
        if (item.most >= minMost) addBaits(item, option.slice(index + 1), led);
        led += item.atom.type === 'group' ? walkRepeated(item.atom, item.least, led) : shortestOf(item, led);
      }
    }
    return shortest(group, before);
  }

  function walkRepeated(group: GroupNode, least: number, before: string): string {
    const once = walk(group, before);
    return least === 0 ? '' : once.repeat(Math.min(least, 40));
  }

  function addBaits(item: RepeatNode, rest: readonly RepeatNode[], before: string): void {
    count += 1;
    for (const fill of fillings(item, rest)) {
      for (const times of lengths) {
        for (const stop of breaks) baits.push({ unit: lead(before) + fill.repeat(Math.ceil(Math.min(times, item.most) / fill.length)) + stop, about: `repetition ${count} of ${JSON.stringify(fill)}, ${times} long, then ${JSON.stringify(stop)}` });
      }
    }
  }

  function fillings(item: RepeatNode, rest: readonly RepeatNode[]): readonly string[] {
    const atom = item.atom;
    if (atom.type === 'group') return [...new Set(atom.options.map((option) => option.map((inner) => shortestOf(inner, '')).join('')).filter((text) => text !== ''))].slice(0, 3);
    if (atom.type !== 'character') return [];
    const taken = alphabet.filter((character) => atom.accepts(character));
    const next = charactersOf(rest).slice(0, 4);
    const shared = taken.toSorted((one, other) => sharing(next, other) - sharing(next, one));
    const own = keyword.split('').every((character) => atom.accepts(character)) ? [keyword] : [];
    return [...new Set([...taken.slice(0, 1), ...shared.slice(0, 1), ...own])];
  }
}

function sharing(nodes: readonly CharacterNode[], character: string): number {
  return nodes.filter((node) => node.accepts(character)).length;
}

function charactersOf(items: readonly RepeatNode[]): readonly CharacterNode[] {
  return items.flatMap(({ atom }) => (atom.type === 'character' ? [atom] : atom.type === 'group' ? atom.options.flatMap(charactersOf) : []));
}

/** The shortest text of the first option that takes room; each group is given what it stands for. */
function shortest(group: GroupNode, before: string): string {
  return (group.options[0] ?? []).map((item) => shortestOf(item, before)).join('');
}

function shortestOf({ atom, least }: RepeatNode, before: string): string {
  if (least === 0) return '';
  const once = atom.type === 'group' ? shortest(atom, before) : atom.type === 'character' ? (alphabet.find(atom.accepts) ?? others.find(atom.accepts) ?? '') : '';
  return once.repeat(Math.min(least, 60));
}

const others = Array.from({ length: 96 }, (_, index) => String.fromCharCode(32 + index));
