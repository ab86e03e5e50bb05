/** One character of a pattern: a class, an escape, a dot, a letter. */
export interface CharacterNode {
  readonly type: 'character';
  readonly accepts: (character: string) => boolean;
}

export interface GroupNode {
  readonly type: 'group';
  readonly name: string | null;
  readonly options: readonly (readonly RepeatNode[])[];
}

export interface BackreferenceNode {
  readonly type: 'backreference';
  readonly name: string;
}

/** What takes no room: anchors, borders of words, what is looked for ahead and behind. */
export interface EmptyNode {
  readonly type: 'empty';
}

/** An atom, and how often it may stand; once where nothing is said. */
export interface RepeatNode {
  readonly atom: CharacterNode | GroupNode | BackreferenceNode | EmptyNode;
  readonly least: number;
  readonly most: number;
}

/** The tree of a pattern, for those who make texts from it. Knows what our rules use. */
export function parsePattern({ source, flags }: RegExp): GroupNode {
  const letterFlags = flags.replace(/[^isu]/g, '');
  let at = 0;
  const tree = readOptions(null);
  if (at < source.length) throw new SyntaxError(`not understood at ${at}: ${source}`);
  return tree;

  function readOptions(name: string | null): GroupNode {
    const options: RepeatNode[][] = [[]];
    while (at < source.length && source[at] !== ')') {
      if (source[at] === '|') {
        at += 1;
        options.push([]);
      } else options.at(-1)?.push(readRepeat());
    }
    return { type: 'group', name, options };
  }

  function readRepeat(): RepeatNode {
    const atom = readAtom();
    const [all, sign, least = '', comma, most = ''] = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/.exec(source.slice(at)) ?? [];
    if (all === undefined) return { atom, least: 1, most: 1 };
    at += all.length;
    if (sign !== undefined) return { atom, least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : Infinity };
    return { atom, least: Number(least), most: comma === undefined ? Number(least) : most === '' ? Infinity : Number(most) };
  }

  function readAtom(): RepeatNode['atom'] {
    const [, kind, name] = /^\((\?(?:[:=!]|<[=!]|<(\w+)>))?/.exec(source.slice(at)) ?? [];
    if (source[at] === '(') {
      at += 1 + (kind?.length ?? 0);
      const group = readOptions(name ?? null);
      at += 1;
      return kind !== undefined && /[=!]/.test(kind) ? { type: 'empty' } : group;
    }
    const [token = source[at] ?? ''] = /^(?:\[(?:\\.|[^\]\\])*\]|\\k<\w+>|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|\\.)/i.exec(source.slice(at)) ?? [];
    at += token.length;
    if (token === '^' || token === '$' || token === '\\b' || token === '\\B') return { type: 'empty' };
    if (token.startsWith('\\k')) return { type: 'backreference', name: token.slice(3, -1) };
    const pattern = new RegExp(`^${token}$`, letterFlags);
    return { type: 'character', accepts: (character) => pattern.test(character) };
  }
}
