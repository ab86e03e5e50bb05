import { type Assignment, type Command, type For, forEachChild, type Function as FunctionNode, type ParsedScript, parse, type Pipeline, type Statement, type SyntaxNode } from 'unbash';
import { type Context, type Stdin, spanOf } from '../context.ts';
import { judge } from '../judge.ts';
import { limits } from '../limits.ts';
import { judgePath } from '../paths.ts';
import { escalating, forbidding, type Span } from '../report.ts';
import { judgeAssignment } from './environment.ts';
import { judgeExpansion, nameLookAlikes } from './expansions.ts';
import { type Folding, foldWord } from './fold.ts';
import { deeper, type Here, none, type Walk } from './here.ts';
import { callsItselfTwice, startsWithoutEnd } from './fork-bomb.ts';
import { argvOf, foldAssignment, foldingOf, pipedFrom, printedBy, printsSecret } from './prints.ts';
import { judgeRedirections, writtenBy } from './redirect.ts';
import { isWayIn, runsFetched, takesShellAway } from './remote.ts';
import type { Scope } from './scope.ts';
import { at, hole, isKnown, type Value } from './value.ts';

/** Judges shell code and everything that it would run. */
export function walkCode(code: string, walk: Walk, here: Here): void {
  if (here.depth > limits.depth) return walk.report.add('dangerous', 'too-deep', 'Commands are nested deeper than is looked at.', here.place(0, code.length));
  walk.work.parsed += code.length;
  if (walk.work.parsed > limits.parsed) return walk.report.add('dangerous', 'too-deep', 'It holds more code in code than is looked at.', here.place(0, code.length));
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
  if ((node.type === 'While' || node.type === 'ArithmeticFor') && startsWithoutEnd(node)) walk.report.add('forbidden', 'fork-bomb', 'A loop without an end that waits for nothing fills the host with processes.', here.place(node.pos, node.end));
  here.scope.branch((scope) => {
    scope.blank();
    if (node.type === 'For' || node.type === 'Select') scope.set(node.name.value, undefined);
    walkChildren(node, walk, deeper(here, { scope }));
  });
  if (node.type === 'For' && !here.looped) walkRounds(node, walk, here);
}

/** The first rounds of a loop over words that are known: what it does to each of them. */
function walkRounds(node: For, walk: Walk, here: Here): void {
  const words = (node.wordlist ?? []).flatMap((word) => foldWord(word, foldingOf(walk, here)));
  for (const word of words.filter((each) => isKnown(each) && !each.open).slice(0, 8)) {
    here.scope.branch((scope) => {
      scope.blank();
      scope.set(node.name.value, word.text);
      visit(node.body, walk, deeper(here, { scope, looped: true }));
    });
  }
}

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

function walkPipeline(node: Pipeline, walk: Walk, here: Here): void {
  if (takesShellAway(node)) walk.report.add('forbidden', 'reverse-shell', 'It gives whoever is at the other end a shell.', here.place(node.pos, node.end));
  let { stdin } = here;
  for (const [index, command] of node.commands.entries()) {
    const inner = deeper(here, { stdin });
    const last = index === node.commands.length - 1;
    if (node.commands.length === 1) visit(command, walk, inner);
    else here.scope.branch((scope) => visit(command, walk, { ...inner, scope }));
    if (!last) stdin = pipedFrom(command, walk, inner);
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
  if (/^(:|true)?$/.test(argv[0]?.text ?? '')) for (const file of writtenBy(node.redirects, folding)) cutOff(file, node, walk, here);
  if (argv.length === 0) return walk.report.add('read_only', 'assignment', 'It only sets variables or opens files.', here.place(node.pos, node.end));
  const context = contextOf(walk, { ...here, stdin });
  if (node.args.some(({ type }) => type === 'Assignment')) for (const child of node.args) if (child.type === 'Assignment') walkAssignment(child, walk, here);
  if (isWayIn(argv, node, folding)) walk.report.add('forbidden', 'reverse-shell', 'It gives whoever is at the other end a shell.', here.place(node.pos, node.end));
  if (runsFetched(node, argv)) walk.report.add('forbidden', 'remote-code', 'It runs what another host sends.', here.place(node.pos, node.end));
  judge(argv, context);
  const files = writtenBy(node.redirects, folding);
  const text = files.length > 0 ? textFor(node, walk, here) : undefined;
  for (const file of files) walk.written.set(file, text);
  if (printsSecret(node, argv)) walk.report.note('reads-secret', here.place(node.pos, node.end));
  const [first] = argv;
  if (first && !isKnown(first) && node.name) here.scope.forget();
}

/** `> file` and `: > file` leave an empty file where something was. */
function cutOff(file: string, node: Command, walk: Walk, here: Here): void {
  const { directory } = here.scope;
  if (judgePath(file, 'delete', directory).risk !== 'dangerous' || judgePath(file, 'write', directory).risk === 'read_only') return;
  walk.report.add('dangerous', 'cut-off', 'It leaves nothing of what was in the file.', here.place(node.pos, node.end));
}

/** The text that a command writes to a file, where it is known to the letter. */
function textFor(node: Command, walk: Walk, here: Here): Value | undefined {
  const text = printedBy(node, walk, here);
  return text === undefined ? undefined : { text, span: here.place(node.pos, node.end) };
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
  const context: Context = { scope: here.scope, report: walk.report, stdin: here.stdin, depth: here.depth, written: (path) => walk.written.get(path), run, shell, elsewhere, suspect, assign: assigned, shadow: (name) => void walk.shadowed.add(name) };
  return context;

  function assigned(name: string, value: string, where: Span): void {
    const ruling = judgeAssignment(name, value);
    if (ruling) walk.report.add(ruling.risk, ruling.rule ?? 'environment', ruling.why, where);
  }

  function elsewhere(work: (inner: Context) => void): void {
    work(contextOf({ ...walk, report: escalating(walk.report) }, here));
  }

  function suspect(work: (inner: Context) => void): void {
    work(contextOf({ ...walk, report: forbidding(walk.report) }, here));
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
    if (word.type === 'Word') nameLookAlikes(word, walk, here);
    walkNested(word, walk, here);
  }
}

/** Every script inside a word, a redirection, an assignment, a test or an arithmetic expression. */
function walkNested(node: SyntaxNode, walk: Walk, here: Here): void {
  if (here.depth > limits.depth) return walk.report.add('dangerous', 'too-deep', 'Commands are nested deeper than is looked at.', here.place(node.pos, node.end));
  if (node.type === 'CommandExpansion' || node.type === 'ProcessSubstitution' || node.type === 'ArithmeticCommandExpansion') {
    const { script } = node;
    if (script === undefined) return walk.report.add('dangerous', 'not-parsed', 'This substitution is not understood.', here.place(node.pos, node.end));
    const place = script.source === undefined ? here.place : at(here.place(node.pos, node.end));
    return here.scope.branch((scope) => walkScript(script, walk, deeper(here, { scope, place, stdin: none })));
  }
  judgeExpansion(node, walk, here);
  forEachChild(node, (child) => walkNested(child, walk, deeper(here)));
}
