import { type Args, type OptionTable, parseArgs } from '../args.ts';
import type { Call } from '../context.ts';
import { isVital, judgePath } from '../paths.ts';
import { endangers, reads, reveals, type Ruling } from '../ruling.ts';
import { hole, isKnown, type Value } from '../shell/value.ts';
import type { Tool } from '../tool.ts';

const inside: Ruling = { risk: 'read_only', rule: 'runner', why: 'The commands that it runs are judged by themselves.' };

const sshOptions: OptionTable = { valued: '-B -b -c -D -E -e -F -I -i -J -L -l -m -O -o -p -P -Q -R -S -W -w', plain: '-4 -6 -A -a -C -f -G -g -K -k -M -N -n -q -s -T -t -V -v -X -x -Y -y', stopsAtOperand: true };

/** Programs that run other commands once for each thing they find or read. */
export const runners: readonly Tool[] = [
  {
    names: 'xargs gxargs',
    options: {
      valued: '-a --arg-file -d --delimiter -E -I -L --max-lines -n --max-args -P --max-procs -s --max-chars --process-slot-var -J -R',
      plain: '-0 --null -o --open-tty -p --interactive -r --no-run-if-empty -t --verbose -x --exit --show-limits -e -i -l',
      stopsAtOperand: true,
    },
    inspect: runEach,
  },
  {
    names: 'parallel rush',
    options: { valued: '-j --jobs -a --arg-file -I --delay --timeout --retries --joblog -S --sshlogin -n --max-args -N -L -d --delimiter --colsep -C --halt --results --tmpdir --workdir --wd --env', plain: '-k --keep-order -q --quote -v -t --verbose --bar --progress --eta -X -m --dry-run --lb --line-buffer -u --ungroup --will-cite -0 --null --pipe', stopsAtOperand: true },
    inspect(call, args) {
      if (args.has('-S', '--sshlogin')) call.add('dangerous', 'runs-elsewhere', 'It runs the commands on other hosts.', call.span);
      const end = args.operands.findIndex(({ text }) => text.startsWith(':::'));
      const template = end === -1 ? args.operands : args.operands.slice(0, end);
      const inputs = end === -1 ? [] : args.operands.slice(end + 1).filter(({ text }) => !text.startsWith(':::'));
      if (template.length === 0) return codeFromInput(call, inputs);
      for (const input of inputs.length > 0 ? inputs : [{ text: hole, span: call.span }]) {
        const filled = template.map((word) => ({ ...word, text: word.text.replaceAll('{}', input.text) }));
        const words = template.some(({ text }) => /\{/.test(text)) ? filled : [...template, input];
        const [only] = words;
        if (words.length === 1 && only && /\s/.test(only.text)) call.context.shell({ text: only.text, span: only.span });
        else call.context.run(words);
      }
      return inside;
    },
  },
  { names: 'find gfind', options: { oneDash: true }, inspect: walkFiles },
  {
    names: 'fd fdfind',
    options: { valued: '-e --extension -t --type -d --max-depth -E --exclude -c --color -S --size -o --owner --changed-within --changed-before --base-directory', plain: '-H --hidden -I --no-ignore -u -s -i -g -F -a -l -L -p -0' },
    inspect(call) {
      const at = call.words.findIndex(({ text }) => /^(-x|-X|--exec|--exec-batch)$/.test(text));
      if (at !== -1) call.context.run([...call.words.slice(at + 1), { text: hole, span: call.span }]);
      else if (call.words.some(({ text }) => /^-\w*[xX]|^--exec/.test(text))) return { risk: 'dangerous', why: 'It runs a command for every file.' };
      return { risk: 'read_only', why: 'It lists files.' };
    },
  },
  {
    names: 'ssh autossh dbclient slogin gcloud-ssh rsh remsh',
    options: sshOptions,
    flags: [
      endangers('-R|-D|-w|-W', 'It opens a way into the network.'),
      endangers('-A', 'It lends the keys of this host to another one.'),
      { words: ['-L', '-J'], risk: 'caution', why: 'It opens a tunnel.' },
    ],
    inspect: remote,
  },
  { names: 'make gmake ninja just task rake cmake meson bazel gradle mvn ant scons invoke fab waf mage tup gulp grunt npm-run ', harmless: '-n --just-print --dry-run --list', otherwise: { risk: 'dangerous', rule: 'unknown-file', why: 'It runs what a file says, and what is in the file is not known.' } },
  { names: 'run-parts', harmless: '--test --list', otherwise: { risk: 'dangerous', rule: 'unknown-file', why: 'It runs files, and what is in them is not known.' } },
  { names: 'entr inotifywait-run nodemon watchexec', otherwise: { risk: 'dangerous', why: 'It runs a command again and again as files change.' } },
  {
    names: 'ansible ansible-playbook ansible-console ansible-pull pssh parallel-ssh pdsh clush dsh salt salt-call salt-ssh pexec chef-client knife puppet bolt mco fabric',
    options: { valued: '-m --module-name -a --args -i --inventory -l --limit -u -f -e --extra-vars -w -h -x -H -g -t' },
    harmless: '--list-hosts --list-tasks --syntax-check --list-tags',
    inspect: onManyHosts,
    otherwise: { risk: 'dangerous', rule: 'runs-elsewhere', why: 'It changes many hosts at once.' },
  },
  { names: 'ansible-inventory ansible-doc ansible-config facter ohai', verbs: [reads('list|view|dump')], otherwise: { risk: 'read_only', why: 'It only shows something.' } },
  { names: 'ansible-vault', verbs: [reveals('view'), endangers('decrypt|encrypt|rekey|edit|create', 'It changes how secrets are kept.')] },
];

function runEach(call: Call, args: Args): Ruling {
  const { stdin } = call.context;
  const template = args.operands.length > 0 ? args.operands : [{ text: 'echo', span: call.span }];
  const [unsure] = args.unsure.filter(({ name }) => name !== '-');
  if (unsure) call.add('dangerous', 'unknown-option', 'This option is not known, so it is not certain where the inner command begins.', unsure.word);
  const known = stdin.kind === 'text' && isKnown(stdin.text) && !args.has('-a', '--arg-file');
  const inputs = known ? stdin.text.text.split(args.has('-0') ? '\0' : /\s+/).filter((word) => word !== '') : [hole];
  const mark = args.valueOf('-I', '--replace', '-J')?.text ?? (args.has('-i') ? '{}' : undefined);
  const words = inputs.slice(0, 64).map((text): Value => ({ text, span: stdin.kind === 'text' ? stdin.text.span : call.span, open: !known }));
  if (mark === undefined) call.context.run([...template, ...words], { kind: 'none' });
  else for (const word of words) call.context.run(template.map((piece) => (piece.text.includes(mark) ? { text: piece.text.replaceAll(mark, word.text), span: piece.span } : piece)), { kind: 'none' });
  if (stdin.kind === 'unknown' && stdin.fetched && template.some(({ text }) => /^(ba|da|z|k)?sh$/.test(text))) call.add('forbidden', 'remote-code', 'It runs what another host sends.', call.span);
  return inside;
}

/** `parallel` without a command runs its inputs. */
function codeFromInput(call: Call, inputs: readonly Value[]): Ruling {
  for (const input of inputs) call.context.shell(input);
  if (inputs.length > 0) return inside;
  const { stdin } = call.context;
  if (stdin.kind !== 'text') return { risk: 'dangerous', rule: 'unknown-input', why: 'It runs what it reads, and that is not known.' };
  call.context.shell(stdin.text);
  return inside;
}

function walkFiles(call: Call): Ruling {
  const { words, context } = call;
  const expression = words.findIndex(({ text }, index) => /^[-(!]/.test(text) && !/^-(H|L|P|O\d?|D)$/.test(text) && words[index - 1]?.text !== '-D');
  const roots = (expression === -1 ? words : words.slice(0, expression)).filter(({ text }) => !text.startsWith('-'));
  const vital = roots.find(({ text }) => isVital(text, context.scope.directory));
  const narrow = words.some(({ text }, index) => /^-(i?name|i?path|i?regex|newer\w*|mtime|mmin|size|user|inum|empty|maxdepth)$/.test(text) && !/^[*.]+$/.test(words[index + 1]?.text ?? ''));
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (word === undefined) continue;
    if (/^-(i?name|i?path|i?wholename|i?regex|newer\w*|mtime|mmin|ctime|cmin|atime|amin|size|user|group|uid|gid|perm|type|xtype|fstype|lname|ilname|inum|links|samefile|maxdepth|mindepth|regextype|printf|used|context)$/.test(word.text)) index += 1;
    else if (word.text === '-delete') deleteUnder(call, roots, vital !== undefined && !narrow, word);
    else if (/^-(exec|execdir|ok|okdir)$/.test(word.text)) {
      const end = words.findIndex(({ text }, at) => at > index && (text === ';' || (text === '+' && words[at - 1]?.text === '{}')));
      const inner = words.slice(index + 1, end === -1 ? words.length : end);
      context.run(inner.map((piece) => (piece.text.includes('{}') ? { text: piece.text.replaceAll('{}', hole), span: piece.span } : piece)), { kind: 'none' });
      if (vital && !narrow && inner.some(({ text }) => /^(.*\/)?(rm|unlink|shred|srm|truncate)$/.test(text))) call.add('forbidden', 'host-loss', 'It deletes the files of the whole host.', word);
      if (end !== -1) index = end;
    } else if (/^-(fprint|fprint0|fprintf|fls)$/.test(word.text)) {
      const file = words[index + 1];
      if (file) call.add(judgePath(file.text, 'write').risk, 'find.fprint', 'It writes a file.', file);
      index += 1;
    } else if (word.text.startsWith(hole) && word.open && index > 0) call.add('dangerous', 'find.unresolved', 'Only the run will know what it does with the files.', word);
  }
  return { risk: 'read_only', rule: 'find', why: 'It lists files.' };
}

function deleteUnder(call: Call, roots: readonly Value[], everything: boolean, word: Value): void {
  call.add(everything ? 'forbidden' : 'dangerous', 'find.delete', 'It deletes every file that it finds.', word);
  for (const root of roots) {
    const ruling = judgePath(root.text, 'delete', call.context.scope.directory);
    if (ruling.risk === 'forbidden') call.add('forbidden', ruling.rule ?? 'find.delete', ruling.why, root);
  }
}

/** Options of ssh that run a command on this host. */
const localCommand = /^(ProxyCommand|LocalCommand|PermitLocalCommand|KnownHostsCommand|Match|Include|PKCS11Provider|SecurityKeyProvider|XAuthLocation|ProxyUseFdpass|RemoteForward|DynamicForward|LocalForward|ControlMaster|SendEnv|SetEnv|RemoteCommand)\b/i;

function remote(call: Call, args: Args): Ruling {
  const [host, ...behind] = args.operands;
  const more = parseArgs(behind, sshOptions); // ssh reads options behind the host as well
  for (const { name, value, word } of [...args.options, ...more.options]) {
    if (name === '-o' && value && localCommand.test(value.text)) {
      const [key = '', ...code] = value.text.split(/[= ]/);
      if (/^(ProxyCommand|LocalCommand|KnownHostsCommand|RemoteCommand)$/i.test(key)) call.context.shell({ text: code.join(' ').replaceAll('%', '_'), span: value.span });
      call.add('dangerous', 'ssh.option', 'This option runs a command, or opens a way into a network.', word);
    }
    if (name === '-F' || name === '-I') call.add('dangerous', 'ssh.option', 'The file may run commands, and what is in it is not known.', word);
  }
  if (more.has('-R', '-D', '-w', '-W', '-A')) call.add('dangerous', 'ssh.option', 'It opens a way into the network, or lends the keys of this host.', call.span);
  if (args.has('-V', '-Q', '-G')) return { risk: 'read_only', why: 'It only shows something.' };
  if (host === undefined) return { risk: 'read_only', rule: 'usage', why: 'Without a host it only says how it is used.' };
  if (host.text.startsWith('-') || /[;&|$`]/.test(host.text)) call.add('dangerous', 'ssh.host', 'This is no name of a host.', host);
  const command = more.operands;
  const [first, ...rest] = command;
  if (call.context.stdin.kind !== 'none') call.context.report.note('sends-out', call.span);
  if (first === undefined) {
    if (args.has('-N')) return { risk: 'caution', rule: 'tunnel', why: 'It only opens a connection.' };
    const { stdin } = call.context;
    if (stdin.kind === 'text') call.context.elsewhere((inner) => inner.shell(stdin.text));
    else return { risk: 'dangerous', rule: 'interactive-shell', why: 'It opens a shell on another host, and what is typed there is not known.' };
    return inside;
  }
  const end = Math.max(...command.map(({ span }) => span[1]));
  const code = rest.length === 0 ? first : { text: command.map(({ text }) => text).join(' '), span: [first.span[0], end] as const };
  call.context.elsewhere((inner) => inner.shell(code, call.context.stdin));
  return inside;
}

/** What such a tool hands to a shell of each host is searched for what must never run; all of it is dangerous as it is. */
function onManyHosts(call: Call, args: Args): Ruling | undefined {
  const module = args.valueOf('-m', '--module-name')?.text ?? '';
  if (args.has('--check', '--noop', '--why-run', '-W', '-C') && !args.has('-m', '-a')) return { risk: 'caution', rule: 'dry-run', why: 'It only asks the hosts what would change.' };
  if (module === 'ping') return { risk: 'read_only', why: 'It only asks the hosts whether they answer.' };
  const code = [...args.options.flatMap(({ name, value }) => (/^(-a|--args)$/.test(name) && value ? [value] : [])), ...args.operands.filter(({ text }) => /\s/.test(text))];
  for (const text of code) call.context.suspect((inner) => inner.shell(text));
  const first = args.operands.findIndex(({ text }) => /^[a-z][\w.-]*$/.test(text) && !/^(all|cmd\.run|cmd\.shell|command|run|ssh|exec)$/.test(text));
  if (first !== -1) call.context.suspect((inner) => inner.run(args.operands.slice(first)));
  return undefined;
}
