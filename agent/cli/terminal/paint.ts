import { styleText } from 'node:util';

export type Colour = 'red' | 'yellow' | 'green' | 'cyan' | 'magenta' | 'dim' | 'bold';

/** Colours a text, or leaves it as it is where colours are off. */
export type Paint = (colour: Colour, text: string) => string;

export function createPaint({ colours }: { readonly colours: boolean }): Paint {
  return (colour, text) => (colours ? styleText(colour, text, { validateStream: false }) : text);
}
