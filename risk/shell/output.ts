import { isKnown, type Value } from './value.ts';

/** What a command prints, for the few that only print their arguments or turn a known text around. */
export function outputOf(argv: readonly Value[], stdin: string | undefined): string | undefined {
  const [name, ...args] = argv;
  if (name === undefined || !argv.every(isKnown)) return undefined;
  const texts = args.map(({ text }) => text);
  switch (name.text.replace(/^\/(usr\/)?bin\//, '')) {
    case 'echo':
      return echo(texts);
    case 'printf':
      return texts[0] === '-v' ? '' : printf(texts[0] === '--' ? texts.slice(1) : texts);
    case 'cat':
      return texts.every((text) => text === '-') ? stdin : undefined;
    case 'tee':
      return stdin;
    case 'base64':
      return stdin !== undefined && texts.some((text) => /^(-d|-D|--d.*|-di|-id)$/.test(text)) ? Buffer.from(stdin, 'base64').toString() : undefined;
    case 'openssl':
      return stdin !== undefined && /\b-d\b.*-(base64|a)\b|\bbase64 -d\b/.test(texts.join(' ')) ? Buffer.from(stdin, 'base64').toString() : undefined;
    case 'xxd':
      return stdin !== undefined && /-[a-z]*r/.test(texts.join(' ')) ? Buffer.from(stdin.replaceAll(/\s/g, ''), 'hex').toString() : undefined;
    case 'rev':
      return stdin
        ?.split('\n')
        .map((line) => line.split('').toReversed().join(''))
        .join('\n');
    case 'tr':
      return stdin === undefined ? undefined : translate(stdin, texts);
    default:
      return undefined;
  }
}

/** @returns undefined where shells differ: some read escapes unasked */
function echo(args: readonly string[]): string | undefined {
  let escapes = false;
  let line = true;
  let from = 0;
  for (; /^-[neE]+$/.test(args[from] ?? ''); from += 1) {
    escapes = /e[^E]*$/.test(args[from] ?? '') || escapes;
    if (args[from]?.includes('n')) line = false;
  }
  const text = args.slice(from).join(' ');
  if (!escapes && text.includes('\\')) return undefined;
  return (escapes ? unescape(text) : text) + (line ? '\n' : '');
}

function printf([format = '', ...args]: readonly string[]): string | undefined {
  if (/%[-+ 0#]*[\d.]*[^-+ 0#\d.sbcd%]/.test(format)) return undefined;
  const pieces = [...args];
  let text = '';
  let rounds = 0;
  do {
    const before = pieces.length;
    text += unescape(format).replaceAll(/%(%|[-+ 0#]*\d*(?:\.\d+)?[A-Za-z])/g, (_, kind: string) => {
      if (kind === '%') return '%';
      const piece = pieces.shift() ?? '';
      if (kind.endsWith('b')) return unescape(piece);
      return kind.endsWith('c') ? piece.slice(0, 1) : piece;
    });
    if (pieces.length === before) break;
    rounds += 1;
  } while (pieces.length > 0 && rounds < 256);
  return text;
}

const named: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', e: '\x1b', f: '\f', v: '\v', '\\': '\\' };

function unescape(text: string): string {
  return text.replaceAll(/\\(x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|0?[0-7]{1,3}|.)/gs, (whole, code: string) => {
    if (/^[xu]./.test(code)) return String.fromCodePoint(Number.parseInt(code.slice(1), 16));
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8) & 255);
    return named[code] ?? whole;
  });
}

const rot13From = /^A-Za-z$|^a-zA-Z$/;

function translate(text: string, [from = '', to = '']: readonly string[]): string | undefined {
  if (rot13From.test(from) && /^(N-ZA-Mn-za-m|n-za-mN-ZA-M)$/.test(to)) return text.replaceAll(/[a-z]/gi, rotate);
  if (from === '-d' && !/[-[\\]/.test(to)) return text.split('').filter((sign) => !to.includes(sign)).join('');
  return exchange(text, spelledOut(from), spelledOut(to));
}

function exchange(text: string, from: string | undefined, to: string | undefined): string | undefined {
  if (from === undefined || to === undefined || from.length !== to.length) return undefined;
  return text.split('').map((sign) => (from.includes(sign) ? (to[from.indexOf(sign)] ?? sign) : sign)).join('');
}

/** `b-za` letter by letter; classes and escapes are not read. */
function spelledOut(set: string): string | undefined {
  if (/[[\]\\]|^-/.test(set)) return undefined;
  const spelled = set.replaceAll(/([a-z])-([a-z])|([A-Z])-([A-Z])|(\d)-(\d)/g, (range) => {
    const [first, last] = [range.charCodeAt(0), range.charCodeAt(2)];
    return String.fromCharCode(...Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index));
  });
  return spelled.includes('-') ? undefined : spelled;
}

function rotate(letter: string): string {
  const code = letter.charCodeAt(0);
  const base = code < 97 ? 65 : 97;
  return String.fromCharCode(((code - base + 13) % 26) + base);
}
