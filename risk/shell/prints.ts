import { type Assignment, type Command, type CommandExpansionPart, forEachChild, type SyntaxNode, type Word } from 'unbash';
import type { Stdin } from '../context.ts';
import { limits } from '../limits.ts';
import type { Report } from '../report.ts';
import { type Folding, foldText, foldWord } from './fold.ts';
import { deeper, type Here, none, type Walk } from './here.ts';
import { outputOf } from './output.ts';
import { judgeRedirections } from './redirect.ts';
import { at, hole, type Value } from './value.ts';

const deaf: Report = { add: () => {}, note: () => {}, starts: () => {}, verdict: () => ({ risk: 'read_only', reasons: [] }), programs: () => ({ names: [], areAll: true }) };

/** What the next program of a pipeline reads. */
export function pipedFrom(node: SyntaxNode, walk: Walk, here: Here): Stdin {
  const text = printedBy(node, walk, here);
  if (text !== undefined) return { kind: 'text', text: { text, span: here.place(node.pos, node.end) } };
  const fetched = here.stdin.kind === 'unknown' && here.stdin.fetched;
  return { kind: 'unknown', fetched: fetched || fetches(node) };
}

/** Whether something in it asks another host for what it prints. */
export function fetches(node: SyntaxNode): boolean {
  let found = false;
  const look = (inner: SyntaxNode): void => {
    if (inner.type === 'Word' && /^(.*\/)?(curl|wget|fetch|nc|ncat|socat|aria2c|http|https|ftp|lynx|w3m|telnet|s_client|drill|dig)$/.test(inner.value)) found = true;
    if (!found) forEachChild(inner, look);
  };
  look(node);
  return found;
}

/** The words of a command as the shell would make them, without judging what they run. */
export function argvOf(node: Command, walk: Walk, here: Here): readonly Value[] {
  const folding = foldingOf(walk, here);
  const words: (Word | Assignment)[] = node.name ? [node.name, ...node.args] : [];
  return words.flatMap((word) => (word.type === 'Word' ? foldWord(word, folding) : [foldAssignment(word, folding)]));
}

/** `NAME=value` as one word. */
export function foldAssignment(node: Assignment, folding: Folding): Value {
  const text = node.value.type === 'Word' ? foldText(node.value.parts, node.value.value, folding) : hole;
  return { text: `${node.name}${node.append ? '+' : ''}=${text}`, span: folding.place(node.pos, node.end) };
}

/** What it prints, where that is certain. */
export function printedBy(node: SyntaxNode, walk: Walk, here: Here): string | undefined {
  if (here.depth > limits.depth) return undefined;
  if (node.type === 'Statement') return node.background ? undefined : printedBy(node.command, walk, deeper(here));
  if (node.type === 'Pipeline') {
    let { stdin } = here;
    for (const command of node.commands.slice(0, -1)) stdin = pipedFrom(command, walk, deeper(here, { stdin }));
    const last = node.commands.at(-1);
    return last ? printedBy(last, walk, deeper(here, { stdin })) : undefined;
  }
  if (node.type !== 'Command' || node.name === undefined || walk.shadowed.has(node.name.value)) return undefined;
  const stdin = judgeRedirections(node.redirects, foldingOf(walk, here), deaf) ?? here.stdin;
  return outputOf(argvOf(node, walk, here), stdin.kind === 'text' ? stdin.text.text : undefined);
}

/** How words are folded here. */
export function foldingOf(walk: Walk, here: Here): Folding {
  return { scope: here.scope, place: here.place, output };

  function output(part: CommandExpansionPart): string | undefined {
    const { script } = part;
    const [only, ...more] = script?.commands ?? [];
    if (only === undefined || more.length > 0 || script?.errors?.length) return undefined;
    return printedBy(only, walk, deeper(here, { stdin: none, place: script?.source === undefined ? here.place : at(here.place(part.pos, part.end)) }));
  }
}

/** `echo $API_TOKEN`: by its name, the variable holds a secret. */
export function printsSecret(node: Command, argv: readonly Value[]): boolean {
  if (!/^(echo|printf|base64|xxd)$/.test(argv[0]?.text ?? '')) return false;
  return node.args.some((word) => word.type === 'Word' && /\$\{?\w*(SECRET|PASSW|TOKEN|PRIVATE_KEY|ACCESS_KEY|API_?KEY|CREDENTIAL)/i.test(word.text));
}
