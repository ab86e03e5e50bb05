/** Where the JSON begins that a text leaves open, from the first column of a line; the text's length where there is none. */
export function openJson(text: string, from: number): number {
  for (let line = text.lastIndexOf('\n', text.length - 1) + 1; line >= from; line = text.lastIndexOf('\n', line - 2) + 1) {
    const first = text[line];
    if (first === '}' || first === ']') return text.length;
    if ((first === '{' || first === '[') && /^[[{]\s*(?:["{[\]}]|$)/.test(text.slice(line, line + 200))) return closes(text, line) ? text.length : line;
    if (line < 2) break;
  }
  return text.length;
}

/** Where the YAML document begins that may be a Secret, whose kind is often told after its data. */
export function openYaml(text: string, from: number): number {
  const start = Math.max(from, text.lastIndexOf('\n---') + 1);
  return /^(?:kind:\s*["']?Secret|apiVersion:)/m.test(text.slice(start, start + 4_096)) ? start : text.length;
}

function closes(text: string, from: number): boolean {
  let depth = 0;
  const mark = /["{}[\]]/g;
  mark.lastIndex = from;
  for (let match = mark.exec(text); match !== null; match = mark.exec(text)) {
    if (match[0] === '"') {
      const rest = /[^"\\\n]*(?:\\.[^"\\\n]*)*["\n]?/y;
      rest.lastIndex = match.index + 1;
      rest.exec(text);
      mark.lastIndex = Math.max(match.index + 1, rest.lastIndex);
    } else {
      depth += match[0] === '{' || match[0] === '[' ? 1 : -1;
      if (depth === 0) return true;
    }
  }
  return false;
}
