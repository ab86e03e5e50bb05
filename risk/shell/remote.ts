import { type Command, forEachChild, type Pipeline, type SyntaxNode } from 'unbash';
import { type Folding, foldWord } from './fold.ts';
import { fetches } from './prints.ts';
import type { Value } from './value.ts';

const shell = /^(.*\/)?(ba|da|z|k|a)?sh$/;
const runner = /^(.*\/)?((ba|da|z|k|a)?sh|eval|source|\.|python[\d.]*|perl|ruby|node|php|lua|su|runuser)$/;
const socket = /^(.*\/)?(nc|ncat|netcat|telnet|socat)$/;

/** `bash -i >& /dev/tcp/…`: what a shell reads and writes goes over the network. */
export function isWayIn(argv: readonly Value[], node: Command, folding: Folding): boolean {
  if (!argv.some(({ text }) => shell.test(text))) return false;
  return node.redirects.some((redirect) => redirect.type === 'Redirect' && redirect.target !== undefined && foldWord(redirect.target, folding).some(({ text }) => /^\/dev\/(tcp|udp)\//.test(text)));
}

/** `sh -c "$(curl …)"`, `bash <(curl …)`, `eval "$(wget …)"`, `source /dev/stdin <<< "$(curl …)"`. */
export function runsFetched(node: Command, argv: readonly Value[]): boolean {
  const program = argv.find(({ text }) => runner.test(text));
  if (program === undefined) return false;
  if (node.redirects.some((redirect) => redirect.type !== 'HereDoc' && redirect.target !== undefined && fetches(redirect.target))) return true;
  if (program.text === 'eval') return node.args.some(fetches);
  return node.args.some((word, index) => isCode(word, node.args[index - 1]) && fetches(word));
}

/** A word behind `-c`, or a substitution that stands for a file. */
function isCode(word: Command['args'][number], before: Command['args'][number] | undefined): boolean {
  if (word.type !== 'Word') return false;
  if (word.parts?.some(({ type }) => type === 'ProcessSubstitution')) return true;
  return before?.type === 'Word' && /^-\w*[ce]$|^--command$/.test(before.value);
}

/** `… | sh -i 2>&1 | nc host 4444`: a shell between two ends of a connection. */
export function takesShellAway({ commands }: Pipeline): boolean {
  const names = commands.map(nameOf);
  const first = names.findIndex((name) => shell.test(name));
  return first !== -1 && names.some((name, index) => index > first && (socket.test(name) || name === 'openssl'));
}

function nameOf(node: SyntaxNode): string {
  if (node.type === 'Command') return node.name?.value ?? '';
  let name = '';
  forEachChild(node, (child) => {
    name ||= nameOf(child);
  });
  return name;
}
