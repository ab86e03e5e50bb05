/** `{{ name }}`: where the value of a parameter goes. */
export const placeholder = /\{\{\s*([A-Za-z][A-Za-z0-9_-]{0,62})\s*\}\}/g;

/** The parameters that a text names, in order. */
export function namesIn(text: string): readonly string[] {
  return [...text.matchAll(placeholder)].map(([, name = '']) => name);
}

/** The text with each value in its place. It stays one word, whatever the values are. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(placeholder, (_, name: string) => values[name] ?? '');
}

/** Whether the text begins with the value of a parameter, which could then pass for an option. */
export function opensWith(text: string): string | null {
  const [first] = text.matchAll(placeholder);
  return first?.index === 0 ? (first[1] ?? null) : null;
}
