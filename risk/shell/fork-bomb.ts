import { forEachChild, type Function as FunctionNode, type SyntaxNode } from 'unbash';

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
