import { forEachChild, type ArithmeticFor, type Function as FunctionNode, type SyntaxNode, type While } from 'unbash';

/** Whether a function starts itself more than once, in the background or in a pipe. */
export function callsItselfTwice(node: FunctionNode, name: string): boolean {
  let calls = 0;
  const look = (inner: SyntaxNode, apart: boolean): void => {
    if (inner.type === 'Command' && inner.name?.value === name) calls += apart ? 2 : 1;
    const sets = apart || inner.type === 'Pipeline' || (inner.type === 'Statement' && inner.background === true);
    forEachChild(inner, (child) => look(child, sets));
  };
  look(node.body, false);
  return calls > 1;
}

/** Whether a loop without an end starts something in the background in each round, and never waits. */
export function startsWithoutEnd(node: While | ArithmeticFor): boolean {
  const endless = node.type === 'ArithmeticFor' ? node.test === undefined : isAlways(node);
  if (!endless) return false;
  let starts = false;
  let rests = false;
  const look = (inner: SyntaxNode): void => {
    if (inner.type === 'Statement' && inner.background === true) starts = true;
    if (inner.type === 'Command' && /^(wait|sleep|usleep|read|break|exit|return|inotifywait)$/.test(inner.name?.value ?? '')) rests = true;
    forEachChild(inner, look);
  };
  look(node.body);
  return starts && !rests;
}

function isAlways({ kind, clause }: While): boolean {
  const [only, ...more] = clause.commands;
  const command = only?.type === 'Statement' ? only.command : only;
  const word = command?.type === 'Command' ? (command.name?.value ?? '') : '';
  return more.length === 0 && (kind === 'while' ? /^(:|true)$/ : /^false$/).test(word);
}
