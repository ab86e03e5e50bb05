import { Fault } from '#proto/domain/fault.ts';

/** Collects an option that may be given several times. */
export function gather(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

/**
 * `NAME=VALUE`, each once.
 * @throws Fault `usage`
 */
export function parseLabels(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, name, value] = /^([^=]+)=(.*)$/su.exec(text) ?? [];
      if (name === undefined || value === undefined) throw new Fault('usage', { option: '--label', given: text, expected: 'NAME=VALUE' });
      return [name, value];
    }),
  );
}
