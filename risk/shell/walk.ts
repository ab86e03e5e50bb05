import {
  type Assignment,
  type Command,
  type CommandExpansionPart,
  forEachChild,
  type Function as FunctionNode,
  type ParsedScript,
  parse,
  type Pipeline,
  type Statement,
  type SyntaxNode,
  type Word,
} from 'unbash';
import { looksLikeSyntax } from '../characters.ts';
import { type Context, type Stdin, spanOf } from '../context.ts';
import { judge } from '../judge.ts';
import { limits } from '../limits.ts';
import type { Report, Span } from '../report.ts';
import { judgeAssignment } from './environment.ts';
import { type Folding, foldText, foldWord } from './fold.ts';
import { outputOf } from './output.ts';
import { judgeRedirections } from './redirect.ts';
import type { Scope } from './scope.ts';
import { at, hole, isKnown, type Place, type Value } from './value.ts';

/** What stays the same over the whole walk. */
export interface Walk {
  readonly report: Report;
  /** Commands judged so far. */
  readonly work: { done: number };
  /** Names that the script itself gives a meaning. */
  readonly shadowed: Set<string>;
}

interface Here {
  readonly scope: Scope;
  readonly place: Place;
  readonly stdin: Stdin;
  readonly depth: number;
}

const none: Stdin = { kind: 'none' };

/** Judges shell code and everything that it would run. */
export function walkCode(code: string, walk: Walk, here: Here): void {
  if (here.depth > limits.depth) return walk.report.add('dangerous', 'too-deep', 'Commands are nested deeper than is looked at.', here.place(0, code.length));
  walkScript(parse(code), walk, here);
}

function walkScript(script: ParsedScript, walk: Walk, here: Here): void {
  for (const { pos, message } of script.errors ?? []) {
    walk.report.add('dangerous', 'not-parsed', `This is not understood as shell code: ${message}.`, here.place(pos, pos + 1));
  }
  for (const statement of script.commands) visit(statement, walk, here);
}

function visit(node: SyntaxNode, walk: Walk, here: Here): void {
  if (walk.work.done > limits.commands) return; // told where it happened
  if (here.depth > limits.depth) return walk.report.add('dangerous', 'too-deep', 'Commands are nested deeper than is looked at.', here.place(node.pos, node.end));
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- all other kinds are only ways to their children
  switch (node.type) {
    case 'Command':
      return walkCommand(node, walk, here);
    case 'Pipeline':
      return walkPipeline(node, walk, here);
    case 'Function':
      return walkFunction(node, walk, here);
    case 'Statement':
      return walkStatement(node, walk, here);
    case 'Redirected': {
      const stdin = judgeRedirections(node.redirects, foldingOf(walk, here), walk.report) ?? here.stdin;
      for (const redirect of node.redirects) walkNested(redirect, walk, here);
      return visit(node.command, walk, deeper(here, { stdin }));
    }
    case 'AndOr': {
      const [first, ...rest] = node.commands;
      if (first) visit(first, walk, here);
      for (const [index, command] of rest.entries()) {
        if (node.operators[index] === '&&') visit(command, walk, here);
        else here.scope.branch((scope) => visit(command, walk, { ...here, scope }));
      }
      return;
    }
    case 'If':
    case 'Case':
    case 'Subshell':
    case 'Coproc':
      return here.scope.branch((scope) => walkChildren(node, walk, deeper(here, { scope })));
    case 'While':
    case 'For':
    case 'Select':
    case 'ArithmeticFor':
      return walkLoop(node, walk, here);
    case 'Word':
      return walkWords([node], walk, here);
    case 'Assignment':
      return walkAssignment(node, walk, here);
    case 'ArithmeticExpansion':
    case 'ArithmeticCommand':
    case 'TestCommand':
    case 'ParameterExpansion':
      return walkNested(node, walk, here);












































    default:
      return walkChildren(node, walk, deeper(here));
  }
}

function walkChildren(node: SyntaxNode, walk: Walk, here: Here): void {
  forEachChild(node, (child) => visit(child, walk, here));
}

function walkStatement(node: Statement, walk: Walk, here: Here): void {
  if (node.background) here.scope.branch((scope) => visit(node.command, walk, deeper(here, { scope })));
  else visit(node.command, walk, here);
}

/** What a loop assigns may differ in its next round already: nothing is known in it. */
function walkLoop(node: SyntaxNode, walk: Walk, here: Here): void {
  here.scope.branch((scope) => {
    scope.blank();
    if (node.type === 'For' || node.type === 'Select') scope.set(node.name.value, undefined);
    walkChildren(node, walk, deeper(here, { scope }));
  });
}

/** Where nobody sees it done, a change that would be bounded here is not. */
function escalating(report: Report): Report {
  return { ...report, add: (risk, rule, why, span) => report.add(risk === 'caution' && rule !== 'sensitive-read' ? 'dangerous' : risk, rule, why, span) };
}

const deaf: Report = { add: () => {}, note: () => {}, starts: () => {}, verdict: () => ({ risk: 'read_only', reasons: [] }), programs: () => ({ names: [], areAll: true }) };

function walkFunction(node: FunctionNode, walk: Walk, here: Here): void {
  const name = node.name.value;
  walk.shadowed.add(name);
  const assigned = here.scope.later((scope) => {
    visit(node.body, walk, deeper(here, { scope, stdin: none }));
  });
  if (callsItselfTwice(node, name)) walk.report.add('forbidden', 'fork-bomb', 'A function that starts itself again without end fills the host with processes.', here.place(node.pos, node.end));
  here.scope.define(name, assigned);
  walk.report.add('read_only', 'function-definition', 'A function is judged by its body.', here.place(node.pos, node.end));
}

function callsItselfTwice(node: FunctionNode, name: string): boolean {
  let calls = 0;
  const look = (inner: SyntaxNode, apart: boolean): void => {
    if (inner.type === 'Command' && inner.name?.value === name) calls += apart ? 2 : 1;
    const sets = apart || inner.type === 'Pipeline' || (inner.type === 'Statement' && inner.background === true);
    forEachChild(inner, (child) => look(child, sets));
  };
  look(node.body, false);
  return calls > 1;
}

function walkPipeline(node: Pipeline, walk: Walk, here: Here): void {
  let { stdin } = here;
  for (const [index, command] of node.commands.entries()) {
    const inner = deeper(here, { stdin });
    const last = index === node.commands.length - 1;
    if (node.commands.length === 1) visit(command, walk, inner);
    else here.scope.branch((scope) => visit(command, walk, { ...inner, scope }));
    if (!last) stdin = pipedFrom(command, walk, inner);
  }
}

/** What the next program of a pipeline reads. */
function pipedFrom(node: SyntaxNode, walk: Walk, here: Here): Stdin {
  const text = printedBy(node, walk, here);
  if (text !== undefined) return { kind: 'text', text: { text, span: here.place(node.pos, node.end) } };
  const fetched = here.stdin.kind === 'unknown' && here.stdin.fetched;
  return { kind: 'unknown', fetched: fetched || fetches(node) };
}

function fetches(node: SyntaxNode): boolean {
  let found = false;
  const look = (inner: SyntaxNode): void => {
    if (inner.type === 'Word' && /^(.*\/)?(curl|wget|fetch|nc|ncat|socat|aria2c|http|https|ftp|lynx|w3m)$/.test(inner.value)) found = true;
    if (!found) forEachChild(inner, look);
  };
  look(node);
  return found;
}

/** The words of a command as the shell would make them, without judging what they run. */
function argvOf(node: Command, walk: Walk, here: Here): readonly Value[] {
  const folding = foldingOf(walk, here);
  const words: (Word | Assignment)[] = node.name ? [node.name, ...node.args] : [];
  return words.flatMap((word) => (word.type === 'Word' ? foldWord(word, folding) : [foldAssignment(word, folding)]));
}

function foldAssignment(node: Assignment, folding: Folding): Value {
  const text = node.value.type === 'Word' ? foldText(node.value.parts, node.value.value, folding) : hole;
  return { text: `${node.name}${node.append ? '+' : ''}=${text}`, span: folding.place(node.pos, node.end) };
}

function printedBy(node: SyntaxNode, walk: Walk, here: Here): string | undefined {
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

function foldingOf(walk: Walk, here: Here): Folding {
  return { scope: here.scope, place: here.place, output };

  function output(part: CommandExpansionPart): string | undefined {
    const { script } = part;
    const [only, ...more] = script?.commands ?? [];
    if (only === undefined || more.length > 0 || script?.errors?.length) return undefined;
    return printedBy(only, walk, deeper(here, { stdin: none, place: script?.source === undefined ? here.place : at(here.place(part.pos, part.end)) }));
  }
}

function walkCommand(node: Command, walk: Walk, here: Here): void {
  walk.work.done += 1;
  if (walk.work.done > limits.commands) return walk.report.add('dangerous', 'too-many', 'It holds more commands than are looked at.', here.place(node.pos, node.end));
  for (const child of [...node.prefix, ...node.suffix]) {
    if (child.type !== 'Word') walkNested(child, walk, here);
  }
  walkWords(node.name ? [node.name, ...node.suffix.filter((word) => word.type === 'Word')] : [], walk, here);
  const folding = foldingOf(walk, here);
  const argv = argvOf(node, walk, here);
  const stdin = judgeRedirections(node.redirects, folding, walk.report) ?? here.stdin;
  assign(node, walk, here, folding);
  if (argv.length === 0) return  walk.report.add('read_only', 'assignment', 'It only sets variables or opens files.', here.place(node.pos, node.end));
  const context = contextOf(walk, { ...here, stdin });
  if (node.args.some(({ type }) => type === 'Assignment')) for (const child of node.args) if (child.type === 'Assignment') walkAssignment(child, walk, here);
  if (opensShellOverNetwork(argv, node, folding)) walk.report.add('forbidden', 'reverse-shell', 'It gives whoever is at the other end a shell.', here.place(node.pos, node.end));
  judge(argv, context);
  const [first] = argv;
  if (first && !isKnown(first) && node.name) here.scope.forget();
}

/** `bash -i >& /dev/tcp/…`: what a shell reads and writes goes over the network. */
function opensShellOverNetwork(argv: readonly Value[], node: Command, folding: Folding): boolean {
  if (!argv.some(({ text }) => /^(.*\/)?(ba|da|z|k|a)?sh$/.test(text))) return false;
  return node.redirects.some((redirect) => redirect.type === 'Redirect' && redirect.target !== undefined && foldWord(redirect.target, folding).some(({ text }) => /^\/dev\/(tcp|udp)\//.test(text)));
}

function assign(node: Command, walk: Walk, here: Here, folding: Folding): void {
  for (const child of node.prefix) {
    if (child.type !== 'Assignment') continue;
    const text = foldAssignment(child, folding).text.replace(/^[^=]*=/, '');
    ruleOn(child, text, walk, here);
    if (node.name === undefined) setVariable(child, text, here.scope);
  }
}

/** `export X=…`, `declare X=…` and their like. */
function walkAssignment(node: Assignment, walk: Walk, here: Here): void {
  const text = foldAssignment(node, foldingOf(walk, here)).text.replace(/^[^=]*=/, '');
  ruleOn(node, text, walk, here);
  setVariable(node, text, here.scope);
  walkNested(node, walk, here);
}

function setVariable(node: Assignment, text: string, scope: Scope): void {
  const certain = !node.append && node.index === undefined && node.value.type === 'Word' && !text.includes(hole);
  scope.set(node.name, certain ? text : undefined);
}

function ruleOn(node: Assignment, text: string, walk: Walk, here: Here): void {
  const ruling = judgeAssignment(node.name, text);
  if (ruling) walk.report.add(ruling.risk, ruling.rule ?? 'environment', ruling.why, here.place(node.pos, node.end));
}

function contextOf(walk: Walk, here: Here): Context {
  const context: Context = { scope: here.scope, report: walk.report, stdin: here.stdin, depth: here.depth, run, shell, elsewhere, assign: assigned, shadow: (name) => void walk.shadowed.add(name) };
  return context;

  function assigned(name: string, value: string, where: Span): void {
    const ruling = judgeAssignment(name, value);
    if (ruling) walk.report.add(ruling.risk, ruling.rule ?? 'environment', ruling.why, where);
  }

  function elsewhere(work: (inner: Context) => void): void {
    work(contextOf({ ...walk, report: escalating(walk.report) }, here));
  }

  function run(argv: readonly Value[], stdin: Stdin = here.stdin): void {
    if (here.depth > limits.depth) return walk.report.add('dangerous', 'too-deep', 'Commands are nested deeper than is looked at.', spanOf(argv));
    judge(argv, contextOf(walk, deeper(here, { stdin })));
  }

  function shell(code: Value, stdin: Stdin = none): void {
    if (!isKnown(code)) walk.report.add('dangerous', 'code-unknown', 'It is run as code, and only the run will know all of it.', code.span);
    here.scope.branch((scope) => walkCode(code.text, walk, deeper(here, { scope, stdin, place: code.place ?? at(code.span) })));
  }
}

/** Judges what the expansions of words would run, and names signs that only look like the shell's. */
function walkWords(words: readonly SyntaxNode[], walk: Walk, here: Here): void {
  for (const word of words) {
    if (word.type === 'Word' && word.parts === undefined) nameLookAlikes(word.text, word, walk, here);
    else if (word.type === 'Word') for (const part of word.parts ?? []) if (part.type === 'Literal') nameLookAlikes(part.text, part, walk, here);
    walkNested(word, walk, here);
  }
}

function nameLookAlikes(text: string, node: { readonly pos: number; readonly end: number }, walk: Walk, here: Here): void {
  if (looksLikeSyntax(text)) walk.report.add('dangerous', 'look-alike', 'It holds a sign that passes for one of the shell’s and is another.', here.place(node.pos, node.end));
}

/** Two words side by side are no arithmetic; shells differ in what they make of it. */
function isNoArithmetic(text: string, isEmpty: boolean): boolean {
  return (isEmpty && /\w/.test(text)) || (/\w\s+\w/.test(text) && !/\$[({]|`/.test(text));
}

/** `a[$(…)]` in quotes: the shell expands it when it takes the word for a variable. */
const hiddenIndex = /^[A-Za-z_]\w*\[[^\]]*(\$\(|`)/;

/** Every script inside a word, a redirection, an assignment, a test or an arithmetic expression. */
function walkNested(node: SyntaxNode, walk: Walk, here: Here): void {
  if (here.depth > limits.depth) return walk.report.add('dangerous', 'too-deep', 'Commands are nested deeper than is looked at.', here.place(node.pos, node.end));
  if (node.type === 'CommandExpansion' || node.type === 'ProcessSubstitution' || node.type === 'ArithmeticCommandExpansion') {
    const { script } = node;
    if (script === undefined) return walk.report.add('dangerous', 'not-parsed', 'This substitution is not understood.', here.place(node.pos, node.end));
    const place = script.source === undefined ? here.place : at(here.place(node.pos, node.end));
    return here.scope.branch((scope) => walkScript(script, walk, deeper(here, { scope, place, stdin: none })));
  }
  if (node.type === 'Word' && hiddenIndex.test(node.value)) walk.report.add('dangerous', 'arithmetic-code', 'As an index of an array, this is run where a number is expected.', here.place(node.pos, node.end));
  if ((node.type === 'ArithmeticExpansion' || node.type === 'ArithmeticCommand') && isNoArithmetic(node.type === 'ArithmeticCommand' ? node.body : node.text.slice(3, -2), node.expression === undefined)) walk.report.add('dangerous', 'not-parsed', 'This arithmetic is not understood.', here.place(node.pos, node.end));
  if (node.type === 'ParameterExpansion') {
    if (node.operation?.type === 'Default' && node.operation.operator.endsWith('=')) here.scope.set(node.parameter, undefined);
    if (node.operation?.type === 'Transform' && node.operation.operand.value === 'P') walk.report.add('dangerous', 'code-unknown', 'The value is expanded as a prompt, which runs commands.', here.place(node.pos, node.end));
  }
  if (node.type === 'ArithmeticBinary' && /^[-+*/%&|^<>]*=$/.test(node.operator) && node.left.type === 'ArithmeticWord') here.scope.set(node.left.value, undefined);
  if (node.type === 'ArithmeticUnary' && /^(\+\+|--)$/.test(node.operator) && node.operand.type === 'ArithmeticWord') here.scope.set(node.operand.value, undefined);
  forEachChild(node, (child) => walkNested(child, walk, deeper(here)));
}

function deeper(here: Here, change: Partial<Here> = {}): Here {
  return { ...here, ...change, depth: here.depth + 1 };
}
