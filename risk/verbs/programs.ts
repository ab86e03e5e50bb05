import type { Args } from '../args.ts';
import type { Call } from '../context.ts';
import { limits } from '../limits.ts';
import { isVital } from '../paths.ts';
import { endangers, type Ruling } from '../ruling.ts';
import { isKnown, type Value } from '../shell/value.ts';
import type { Tool } from '../tool.ts';
import { readFiles, writeFile } from './readers.ts';

const shows: Ruling = { risk: 'read_only', why: 'It only shows something.' };
const unknownFile: Ruling = { risk: 'dangerous', rule: 'unknown-file', why: 'It runs a file, and what is in the file is not known.' };

/** Programs whose argument is a program: languages, filters, editors, debuggers, pagers. */
export const programs: readonly Tool[] = [
  { names: 'awk gawk mawk nawk original-awk goawk', options: { valued: '-F --field-separator -v --assign -f --file -e --source -E --exec -i --include -l --load -W -o -p -d', plain: '-S --sandbox -n -P -t -c -b' }, inspect: filterAwk },
  { names: 'sed gsed ssed', options: { valued: '-e --expression -f --file -l --line-length', plain: '-n --quiet --silent -E -r --regexp-extended -s --separate -u --unbuffered -z --null-data -i --in-place' }, inspect: filterSed },
  { names: 'python python2 python3 pypy pypy3 ipython perl ruby irb node nodejs deno php lua luajit tclsh wish guile racket julia R Rscript groovy jshell jrunscript scala kotlin osascript gjs rhino erl elixir iex ghci runghc runhaskell ocaml swipl sbcl clisp octave maxima gnuplot m4 bsh ts-node tsx coffee pry micropython python3.8 python3.9 python3.10 python3.11 python3.12 python3.13 python3.14 java javac jar groovysh clojure bb', inspect: language },
  { names: 'jcmd jstack jmap jinfo jstat jhat jconsole visualvm arthas async-profiler py-spy rbspy bpftrace bpftool gdb lldb dlv gdbserver pstack gstack crash systemtap stap dtrace execsnoop opensnoop trace-cmd sysdig csysdig valgrind rr uftrace gcore', options: { oneDash: true, valued: '-e -p -ex -o -x' }, inspect: debuggers },
  { names: 'less more most bat batcat pg view zless zmore bzless xzless lesspipe w3m lynx links elinks', options: { valued: '-p -P -o -O -k -t -T -x -b -h -j --line-range -r -l --language --theme --style' }, flags: [endangers('-o|-O|--log-file|--LOG-FILE|-k|--lesskey-file|--lesskey-src|--pager|--lesskey-content', 'This option writes or runs something.')], inspect: pager },
  { names: 'vi vim nvim rvim gvim vimdiff nano pico emacs emacsclient joe jed mcedit micro helix hx kak ne code subl gedit mg zile mc ranger nnn lf vifm', otherwise: { risk: 'dangerous', rule: 'editor', why: 'It is an editor, which runs commands and writes files.' }, inspect: editor },
  { names: 'dialog whiptail zenity fzf sk peco gum', flags: [endangers('--preview|--bind|--execute', 'It runs a command.')], otherwise: { risk: 'caution', why: 'It waits for a person.' } },
  { names: 'capinfos editcap exiftool convert magick ffmpeg pandoc latex pdflatex ghostscript gs wkhtmltopdf inkscape chromium google-chrome firefox', otherwise: { risk: 'dangerous', why: 'It reads and writes in formats that can run code.' } },
];

function program(call: Call, args: Args, names: readonly string[], first: Value | undefined): readonly Value[] {
  const given = args.options.flatMap(({ name, value }) => (names.includes(name) && value ? [value] : []));
  void call;
  return given.length > 0 ? given : first ? [first] : [];
}

function filterAwk(call: Call, args: Args): Ruling {
  if (args.has('-f', '--file', '-E', '--exec', '-i', '--include', '-l', '--load')) return unknownFile;
  const given = args.options.some(({ name }) => name === '-e' || name === '--source');
  for (const code of program(call, args, ['-e', '--source'], args.operands[0])) {
    if (code.text.length > limits.code) {
      call.add('dangerous', 'too-long', 'The code is longer than is looked at.', code);
      continue;
    }
    if (!isKnown(code)) call.add('dangerous', 'code-unknown', 'It is run as awk code, and only the run will know all of it.', code);
    const bare = code.text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""').replaceAll(/(^|[~(,{!&|]\s*|[{;]\s*)\/(?:[^/\\\n]|\\.)*\//g, '$1//');
    if (/\bsystem\s*\(|\|\s*&|\|\s*getline|"\s*\|\s*getline|\bprintf?\b[^;}\n]*\|(?!\|)|@(load|include)|\b\w+\s*\|\s*getline|@\w+\s*\(/.test(bare)) {
      call.add('dangerous', 'awk.system', 'The awk code runs a command.', code);
      for (const [, inner] of code.text.matchAll(/system\s*\(\s*"((?:[^"\\]|\\.)*)"\s*\)/g)) if (inner !== undefined) call.context.shell({ text: inner, span: code.span });
    }
    if (/\bprintf?\b[^;}\n]*>(?!=)/.test(bare)) for (const [, file] of code.text.matchAll(/>>?\s*"([^"]*)"/g)) writeFile(call, { text: file ?? '', span: code.span });
    if (/\bprintf?\b[^;}\n"]*("[^"]*"[^;}\n"]*)*[^<>=!]>>?\s*(?![="])[\w$(]/.test(bare) && !/\bif\s*\(|\?/.test(bare)) call.add('caution', 'awk.write', 'The awk code writes a file.', code);
    if (/\/inet/.test(code.text) && /\|\s*&|\|\s*getline|system\s*\(/.test(bare)) call.add('forbidden', 'reverse-shell', 'The awk code opens a connection and runs commands.', code);
    if (/\bgetline\s*<|\/inet|ENVIRON/.test(code.text)) call.add(/\/inet/.test(code.text) ? 'dangerous' : 'caution', 'awk.read', 'The awk code reads files, the environment or the network.', code);
  }
  readFiles(call, given ? args.operands : args.operands.slice(1));
  if (args.has('-o', '-p', '-d')) call.add('caution', 'write-file', 'It writes a file.', call.span);
  return { risk: 'read_only', rule: 'awk', why: 'The awk code only prints.' };
}

/** Where a sed command can begin: at the start, behind `;`, `{` or a new line, and behind an address. */
const sedAddress = String.raw`(?:\s*(?:\d+(?:~\d+)?|\$|\/(?:[^/\\]|\\.)*\/[IM]*|\\(.)(?:(?!\1).)*\1[IM]*)(?:\s*,\s*(?:[+~]?\d+|\$|\/(?:[^/\\]|\\.)*\/[IM]*))?\s*!?\s*)?`;
const sedRuns = new RegExp(String.raw`(?:^|[;{\n])${sedAddress}\s*e(?:\s|$|;|})`);
const sedWrites = new RegExp(String.raw`(?:^|[;{\n])${sedAddress}\s*[wW]\s*(\S+)`);
const sedSubstitute = /s([^\w\s\\])((?:(?!\1)[^\\\n]|\\.)*)\1((?:(?!\1)[^\\]|\\[\s\S])*)\1([\w ./-]*)/g;

function filterSed(call: Call, args: Args): Ruling {
  if (args.has('-f', '--file')) return unknownFile;
  const given = args.options.some(({ name }) => name === '-e' || name === '--expression');
  for (const code of program(call, args, ['-e', '--expression'], args.operands[0])) {
    if (code.text.length > limits.code) {
      call.add('dangerous', 'too-long', 'The code is longer than is looked at.', code);
      continue;
    }
    if (!isKnown(code)) call.add('dangerous', 'code-unknown', 'It is run as sed code, and only the run will know all of it.', code);
    const bare = code.text.replaceAll(sedSubstitute, (_, _sign, _from, _to, flags: string) => {
      if (/^[gpiImM\d]*e/.test(flags)) call.add('dangerous', 'sed.execute', 'The sed code runs a command.', code);
      const file = /^[gpiImMe\d]*w\s*(\S+)/.exec(flags)?.[1];
      if (file !== undefined) writeFile(call, { text: file, span: code.span });
      return '';
    });
    if (sedRuns.test(bare)) {
      call.add('dangerous', 'sed.execute', 'The sed code runs a command.', code);
      const inner = /(?:^|[;{\n\d$])\s*e\s+(.+)$/.exec(bare)?.[1];
      if (inner !== undefined) call.context.shell({ text: inner, span: code.span });
    }
    const file = sedWrites.exec(bare)?.at(-1);
    if (file !== undefined) writeFile(call, { text: file, span: code.span });
  }
  const files = given ? args.operands : args.operands.slice(1);
  const inPlace = args.options.some(({ name }) => name === '-i' || name === '--in-place' || name === '-I');
  if (!inPlace) readFiles(call, files);
  else for (const file of files) writeFile(call, file);
  return inPlace ? { risk: 'caution', rule: 'sed.in-place', why: 'It changes files in their place.' } : { risk: 'read_only', rule: 'sed', why: 'The sed code only prints.' };
}

function language(call: Call, args: Args): Ruling {
  const words = call.words.map(({ text }) => text);
  if (words.length === 1 && /^(-V|--version|-v|-version|-h|--help|-VV)$/.test(words[0] ?? '')) return { risk: 'read_only', why: 'It only prints.' };
  if (words[0] === '-m' && /^(json\.tool|calendar|platform|this|tabnanny)$/.test(words[1] ?? '')) return words.length > 3 && words[1] === 'json.tool' ? (writeFile(call, call.words.at(-1)), { risk: 'caution', why: 'It writes a file.' }) : shows;
  const { stdin } = call.context;
  if (stdin.kind === 'unknown' && stdin.fetched && (words.length === 0 || words.includes('-'))) return { risk: 'forbidden', rule: 'remote-code', why: 'It runs what another host sends.' };
  const code = call.words.find((_, index) => /^-\w*[ceEnr]$|^--(eval|print)$|^-e/.test(words[index - 1] ?? ''));
  const text = code?.text ?? (stdin.kind === 'text' ? stdin.text.text : '');
  if (/rm\s+-[rf]|rmtree\(\s*['"]\/|\/dev\/(tcp|sd|nvme)|socket.*(connect|dup2)|pty\.spawn|169\.254\.169\.254|exec\s*\(\s*(urlopen|requests|urllib)|\b(while|for|loop|until)\b[^"']{0,40}\bfork\b|\bfork\b[^"']{0,20}\b(while|for|loop|until)\b/.test(text)) return { risk: 'forbidden', rule: 'code-destroys', why: 'The code destroys the host, or opens it to others.' };
  if (deletesVital(text)) return { risk: 'forbidden', rule: 'code-destroys', why: 'The code deletes a part of the system that the host cannot do without.' };
  if (opensShell(text)) return { risk: 'forbidden', rule: 'reverse-shell', why: 'The code opens a connection and starts a shell.' };
  judgeTexts(call, text, code?.span ?? call.span);
  if (code || stdin.kind === 'text') return { risk: 'dangerous', rule: 'unknown-code', why: 'It is code in a language that is not read here.' };
  void args;
  return words.length === 0 ? { risk: 'dangerous', rule: stdin.kind === 'none' ? 'interactive' : 'unknown-input', why: 'It runs what it reads, and that is not known.' } : unknownFile;
}

const starts = /\b(system|exec\w*|popen\w*|spawn\w*|subprocess|child_process|shell_exec|passthru|proc_open|Popen|check_(output|call)|run|call|qx|Open3|ProcessBuilder)\b|`/;

/** Code that starts programs names them in its texts: what must never run is seen there, all else stays unknown. */
function judgeTexts(call: Call, code: string, span: Value['span']): void {
  if (!starts.test(code) || code.length > limits.code) return;
  const texts = [...code.matchAll(/"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|`([^`]*)`/g)].map(([, double, single, back]) => double ?? single ?? back ?? '');
  const lists = [...code.matchAll(/[[(]\s*((?:"[^"\n]*"|'[^'\n]*')(?:\s*,\s*(?:"[^"\n]*"|'[^'\n]*'))+)/g)].map(([, list = '']) => [...list.matchAll(/"([^"]*)"|'([^']*)'/g)].map(([, double, single]) => double ?? single ?? '').join(' '));
  for (const text of [...lists, ...texts].filter((each) => /\s/.test(each)).slice(0, 64)) call.context.suspect((inner) => inner.shell({ text, span }));
}

/** Deleting, by whatever name a language has for it, and one of its texts is a folder that the host cannot do without. */
function deletesVital(code: string): boolean {
  if (!/\b(unlink\w*|rmdir\w*|rmtree|remove_tree|remove_dir_all|removedirs|rm_rf?|rm_r|rmSync|rm|removeSync|delete\w*|RemoveAll|remove|FileUtils)\b/.test(code)) return false;
  const texts = [...code.slice(0, limits.code).matchAll(/["'`]([~/][^"'`\n]*)["'`]/g)].map(([, path = '']) => path);
  return texts.some((path) => isVital(path));
}

/** A connection and a shell in one short program are a way in, in any language. */
function opensShell(code: string): boolean {
  const connects = /fsockopen|TCPSocket|socket|Socket|net\.(connect|createConnection)|Net::|IO::Socket|gen_tcp|http\.get|\/inet\//.test(code);
  const shell = /\/bin\/(ba|da|z|k|c)?sh\b|['"](ba|da|z)?sh['"]|cmd\.exe|powershell/.test(code);
  const runs = /\b(exec\w*|spawn\w*|system|popen\w*|shell_exec|passthru|proc_open|subprocess|pty|call|Popen|run|ProcessBuilder|getRuntime)\b|`/.test(code);
  return connects && (shell || /\bIO\.popen|eval\s*\(.*(recv|read|gets)|(system|exec)\s*\(?\s*\$_/.test(code)) && runs;
}

function debuggers(call: Call, args: Args): Ruling {
  const words = call.words.map(({ text }) => text).join(' ');
  if (/^(jps|jstat|jinfo|jstack|pstack|gstack)$/.test(call.name) && !args.has('-F', '-flag')) return shows;
  if (call.name === 'jcmd' && (/^(-l)?$/.test(words) || /\b(VM\.(version|flags|uptime|native_memory|info|classloader_stats|metaspace)|GC\.(heap_info|class_histogram)|Thread\.print|JFR\.check|help)\b/.test(words))) return shows;
  if (call.name === 'jcmd' || call.name === 'jmap') return /GC\.run|JFR|histo|-heap|-clstats/.test(words) ? { risk: 'caution', why: 'It makes a program work for it.' } : { risk: 'dangerous', rule: 'memory-dump', why: 'It writes the memory of a process, with its secrets.' };
  if (call.name === 'bpftool' && /\b(show|list|dump|version)\b/.test(words)) return shows;
  if (/^(py-spy|rbspy)$/.test(call.name) && /^(dump|top|snapshot)/.test(words)) return { risk: 'caution', why: 'It stops a process for a moment.' };
  const code = args.options.find(({ name, value }) => /^(-ex|-ex|--eval-command|-eval-command)$/.test(name) && value)?.value;
  const inner = /(?:shell|!|python)\s+(.+)$/.exec(code?.text ?? '')?.[1];
  if (inner !== undefined && code) call.context.shell({ text: inner, span: code.span });
  call.context.report.note('ends-unknown', call.span); // whom it stops may be what watches the host
  return { risk: 'dangerous', rule: 'debugger', why: 'It stops processes, sees their memory, and can run anything.' };
}

function pager(call: Call, args: Args): Ruling {
  for (const word of call.words) {
    if (!word.text.startsWith('+')) continue;
    const inner = /!(.+)$/s.exec(word.text)?.[1];
    if (/^\+(\d+|G|g|F|\/[^!|]*|\?[^!|]*|\+G|\+F|\d+g)$/.test(word.text)) continue;
    call.add('dangerous', 'pager.command', 'It gives the pager a command, which can be any.', word);
    if (inner !== undefined) call.context.shell({ text: inner, span: word.span });
  }
  if (/^(w3m|lynx|links|elinks)$/.test(call.name)) return args.has('-dump', '--dump') || call.words.some(({ text }) => text === '-dump') ? { risk: 'read_only', rule: 'http-read', why: 'It asks a server and sends nothing.' } : { risk: 'dangerous', why: 'It is a browser, which can run commands.' };
  readFiles(call, args.operands.filter(({ text }) => !text.startsWith('+')));
  return shows;
}

function editor(call: Call): Ruling | undefined {
  for (const word of call.words) {
    const inner = /^(?:\+|-c|--cmd)?\s*:?!(.+)$/s.exec(word.text)?.[1];
    if (inner !== undefined) call.context.shell({ text: inner, span: word.span });
  }
  return undefined;
}
