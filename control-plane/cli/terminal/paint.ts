import { styleText } from 'node:util';

export type Colour = 'red' | 'yellow' | 'green' | 'cyan' | 'dim' | 'bold';

/** Colours a text, or leaves it as it is where colours are off. */
export type Paint = (colour: Colour, text: string) => string;

export function createPaint({ colours }: { readonly colours: boolean }): Paint {
  return (colour, text) => (colours ? styleText(colour, text, { validateStream: false }) : text);
}

const severityColours: Readonly<Record<string, Colour>> = { critical: 'red', high: 'red', medium: 'yellow', low: 'dim' };
const riskColours: Readonly<Record<string, Colour>> = { read_only: 'green', caution: 'yellow', dangerous: 'red', forbidden: 'red' };
const standingColours: Readonly<Record<string, Colour>> = { succeeded: 'green', done: 'green', failed: 'red', refused: 'red', denied: 'red', unknown: 'red', waiting: 'yellow', running: 'cyan' };
const stateColours: Readonly<Record<string, Colour>> = { online: 'green', lost: 'red', locked: 'yellow', draining: 'yellow' };

export function severityColour(severity: string): Colour | null {
  return severityColours[severity] ?? null;
}

export function stateColour(state: string): Colour | null {
  return stateColours[state] ?? null;
}

export function riskColour(risk: string): Colour | null {
  return riskColours[risk] ?? null;
}

/** Of an execution, or of how a step ended. */
export function standingColour(standing: string): Colour | null {
  return standingColours[standing] ?? null;
}
