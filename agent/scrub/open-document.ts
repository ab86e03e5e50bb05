/** Where the JSON begins that a text leaves open, from the first column of a line; the text's length where there is none. */
export function openJson(whole: string, start: number): number {
  const at = openIn(whole.slice(start));
  return start + at;
}

function openIn(text: string): number {
  let end = text.length;
  const closed = Math.max(lastLine(text, '}', end), lastLine(text, ']', end));
  for (;;) {
    const open = Math.max(lastLine(text, '{', end), lastLine(text, '[', end));
    if (open < 0 || closed > open) return text.length;
    if (/^[[{]\s*(?:["{[\]}]|$)/.test(text.slice(open, open + 200))) return closes(text, open) ? text.length : open;
    end = open - 1;
  }
}

/** The last line before `end` that begins with this character, or -1. */
function lastLine(text: string, character: string, end: number): number {
  const at = text.lastIndexOf(`\n${character}`, end - 1);
  if (at >= 0) return at + 1;
  return end > 0 && text.startsWith(character) ? 0 : -1;
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
