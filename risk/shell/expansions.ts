import type { SyntaxNode, Word } from 'unbash';
import { looksLikeSyntax } from '../characters.ts';
import type { Here, Walk } from './here.ts';

/** Names signs of a word that only look like the shell's. */
export function nameLookAlikes(word: Word, walk: Walk, here: Here): void {
  for (const part of word.parts ?? [{ type: 'Literal' as const, text: word.text, pos: word.pos, end: word.end }]) {
    if (part.type !== 'Literal' || !looksLikeSyntax(part.text)) continue;
    walk.report.add('dangerous', 'look-alike', 'It holds a sign that passes for one of the shell’s and is another.', here.place(part.pos, part.end));
  }
}

/** Two words side by side are no arithmetic; shells differ in what they make of it. */
function isNoArithmetic(text: string, isEmpty: boolean): boolean {
  return (isEmpty && /\w/.test(text)) || (/\w\s+\w/.test(text) && !/\$[({]|`/.test(text));
}

/** `a[$(…)]` in quotes: the shell expands it when it takes the word for a variable. */
const hiddenIndex = /^[A-Za-z_]\w*\[[^\]]*(\$\(|`)/;

/** Judges what an expansion does by itself, without the scripts in it. */
export function judgeExpansion(node: SyntaxNode, walk: Walk, here: Here): void {
  if (node.type === 'Word' && hiddenIndex.test(node.value)) walk.report.add('dangerous', 'arithmetic-code', 'As an index of an array, this is run where a number is expected.', here.place(node.pos, node.end));
  if ((node.type === 'ArithmeticExpansion' || node.type === 'ArithmeticCommand') && isNoArithmetic(node.type === 'ArithmeticCommand' ? node.body : node.text.slice(3, -2), node.expression === undefined)) walk.report.add('dangerous', 'not-parsed', 'This arithmetic is not understood.', here.place(node.pos, node.end));
  if (node.type === 'ParameterExpansion') {
    if (node.operation?.type === 'Default' && node.operation.operator.endsWith('=')) here.scope.set(node.parameter, undefined);
    if (node.operation?.type === 'Transform' && node.operation.operand.value === 'P') walk.report.add('dangerous', 'code-unknown', 'The value is expanded as a prompt, which runs commands.', here.place(node.pos, node.end));
  }
  if (node.type === 'ArithmeticBinary' && /^[-+*/%&|^<>]*=$/.test(node.operator) && node.left.type === 'ArithmeticWord') here.scope.set(node.left.value, undefined);
  if (node.type === 'ArithmeticUnary' && /^(\+\+|--)$/.test(node.operator) && node.operand.type === 'ArithmeticWord') here.scope.set(node.operand.value, undefined);
}
