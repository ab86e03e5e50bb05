import type { Risk } from '#proto/domain/risk.ts';

/** What a word on a command line means for its risk. */
export interface Ruling {
  readonly risk: Risk;
  /** One sentence for the person who decides. */
  readonly why: string;
  /** Where it is not the tool and the word themselves. */
  readonly rule?: string;
}

/** Words, and the ruling they all share; the words are separated by `|`, and one may be several words long. */
export interface Rulings extends Ruling {
  readonly words: readonly string[];
}

export const reads = (words: string, why = 'It shows and changes nothing.'): Rulings => ({ risk: 'read_only', words: split(words), why });

export const changes = (words: string, why = 'It makes a bounded change that can be undone.'): Rulings => ({ risk: 'caution', words: split(words), why });

export const endangers = (words: string, why = 'It destroys or stops something, widens access, or is hard to undo.'): Rulings => ({
  risk: 'dangerous',
  words: split(words),
  why,
});

export const forbids = (words: string, why: string, rule?: string): Rulings => ({
  risk: 'forbidden',
  words: split(words),
  why,
  ...(rule === undefined ? {} : { rule }),
});

/** A ruling on a secret that gets shown. */
export const reveals = (words: string, why = 'It shows a secret.'): Rulings => ({ risk: 'caution', words: split(words), why, rule: 'sensitive-read' });

function split(words: string): string[] {
  return words
    .split('|')
    .map((word) => word.trim().replaceAll(/\s+/g, ' '))
    .filter((word) => word !== '');
}
