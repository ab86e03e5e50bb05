import { parseArgs } from './args.ts';
import { type Call, type Context, spanOf } from './context.ts';
import type { Risk } from '#proto/domain/risk.ts';
import type { Span } from './report.ts';
import { guards, managers, namesAgent } from './guards.ts';
import { hole, isKnown, type Value } from './shell/value.ts';
import { judgeTool } from './tool.ts';
import { toolNamed } from './verbs.ts';
import { unwrap } from './unwrap.ts';
import { judgeLosses } from './verbs/losses.ts';

/** Folders in which the programs of the system are; elsewhere a known name proves nothing. */
const systemFolder = /^(\/usr|\/usr\/local)?\/s?bin\/|^\/(snap|opt\/homebrew)\/bin\/|^\/usr\/(lib|libexec)\/git-core\//;

/** Programs with options that run another program. */
const takesAnyOption: ReadonlySet<string> = new Set(['tar', 'gtar', 'bsdtar', 'rsync', 'ssh', 'scp', 'sftp', 'zip', 'xargs', 'env', 'sudo', 'tcpdump']);

/** Judges one command line: unwraps it, or looks it up; what is not known is dangerous. */
export function judge(argv: readonly Value[], context: Context): void {
  const [first] = argv;
  if (first === undefined) return;
  const call = callOf(argv, context);
  if (!isKnown(first) || first.open) return call.add('dangerous', 'command-unresolved', 'Only the run will know which program this starts.', first);
  if (/[^\x20-\x7e\n\t]/.test(first.text)) return call.add('dangerous', 'look-alike', 'The name of the program holds a letter that passes for another one.', first);
  if (context.scope.isFunction(first.text)) {
    context.scope.called();
    if (context.report.verdict().reasons.some(({ rule }) => rule === 'command-unresolved')) context.suspect((inner) => inner.run(call.words)); // its body may start its parameters
    call.add('read_only', 'function', 'Its body is judged where it is defined.', call.span);
    if (toolNamed(call.name) === undefined) return;
  }
  context.report.starts(first.text);
  const written = context.written(first.text.replace(/^\.\//, ''));
  if (written) context.shell(written);
  if (first.text.includes('/') && !systemFolder.test(first.text)) return call.add('dangerous', 'unknown-program', 'What this program does is not known, and unknown is dangerous.', first);
  const [injected] = takesAnyOption.has(call.name) ? call.words.filter(({ loose, text }, index) => loose === true && text.startsWith(hole) && !call.words.slice(0, index).some((word) => word.text === '--')) : [];
  if (injected) call.add('dangerous', 'option-injection', 'What the substitution prints may be an option that runs a program; quotes and `--` would make it a name.', injected);
  if (unwrap(call)) return;
  const tool = toolNamed(call.name);
  if (tool === undefined) judgeLosses(call, parseArgs(call.words));
  if (tool === undefined) return call.add('dangerous', 'unknown-program', 'What this program does is not known, and unknown is dangerous.', first);
  judgeTool(tool, guarded(call));
}

/** A change to the agent is an attack on it, whatever tool it is made with. */
function guarded(call: Call): Call {
  if (call.words.some(({ text }) => namesAgent(text) || guards.test(text))) call.context.report.note('names-guard', call.span);
  blinds(call);
  const own = managers.has(call.name) ? call.words.find(({ text }) => namesAgent(text)) : undefined;
  if (own === undefined) return call;
  return {
    ...call,
    add(risk, rule, why, where) {
      call.add(risk, rule, why, where);
      if (risk === 'dangerous') call.add('forbidden', 'attacks-agent', 'It stops, removes or changes the agent that runs this.', own);
      else if (risk === 'caution' && rule !== 'sensitive-read') call.add('dangerous', 'changes-agent', 'It changes the agent that runs this.', own);
    },
  };
}

/** What watches the host is also gone when its package, container or module is removed. */
function blinds(call: Call): void {
  if (!managers.has(call.name) || (call.name !== 'rmmod' && !call.words.some(({ text }) => takesAway.test(text)))) return;
  const guard = call.words.find(({ text }) => guards.test(text.replace(/^.*\//, '')));
  if (guard) call.add('forbidden', 'audit-off', 'It takes away what watches the host.', guard);
}

const takesAway = /^(remove|purge|erase|delete|del|uninstall|unload|rm|stop|kill|disable|mask|autoremove|down|-r|-e|-P|--purge|--remove|--replicas=0)$/;

function callOf(argv: readonly Value[], context: Context): Call {
  const span = spanOf(argv);
  const name = (argv[0]?.text ?? '').replace(systemFolder, '');
  return { name, argv, words: argv.slice(1), context, span, add };

  function add(risk: Risk, rule: string, why: string, where: Value | Span = span): void {
    context.report.add(risk, rule, why, 'span' in where ? where.span : where);
  }
}
