import type { Redirection } from 'unbash';
import type { Stdin } from '../context.ts';
import { judgePath } from '../paths.ts';
import type { Report } from '../report.ts';
import { type Folding, foldText, foldWord } from './fold.ts';
import { hole, isKnown } from './value.ts';

/** What redirections do to files. @returns what they make of standard input, where they touch it */
export function judgeRedirections(redirections: readonly Redirection[], folding: Folding, report: Report): Stdin | undefined {
  let stdin: Stdin | undefined;
  for (const redirection of redirections) stdin = judge(redirection, folding, report) ?? stdin;
  return stdin;
}

/** The files that these redirections write over. */
export function writtenBy(redirections: readonly Redirection[], folding: Folding): readonly string[] {
  return redirections.flatMap((redirection) => {
    if (redirection.type !== 'Redirect' || redirection.target === undefined || !/^(>|>\||&>)$/.test(redirection.operator)) return [];
    const [file] = foldWord(redirection.target, folding);
    return file && isKnown(file) ? [file.text.replace(/^\.\//, '')] : [];
  });
}

function judge(redirection: Redirection, folding: Folding, report: Report): Stdin | undefined {
  const span = folding.place(redirection.pos, redirection.end);
  if (redirection.type === 'HereDoc') {
    const { body } = redirection;
    const text = redirection.delimiter?.quoted ? body.text : foldText(body.parts, body.text, folding);
    const inner = folding.place(body.pos, body.end);
    const verbatim = text === body.text;
    const lifted = redirection.operator === '<<-' ? text.replaceAll(/^\t+/gm, '') : text;
    return { kind: 'text', text: { text: lifted, span: inner, ...(verbatim && lifted === text ? { place: (from: number, to: number) => folding.place(body.pos + from, body.pos + to) } : {}) } };
  }
  const target = redirection.target;
  if (redirection.type === 'HereString') {
    if (target === undefined) return { kind: 'unknown', fetched: false };
    const text = foldText(target.parts, target.value, folding);
    return { kind: 'text', text: { text: `${text}\n`, span } };
  }
  if (target === undefined) return undefined;
  const words = foldWord(target, folding);
  const path = words[0]?.text ?? hole;
  const duplicates = redirection.operator === '>&' || redirection.operator === '<&';
  if (duplicates && /^(\d+-?|-)$/.test(path)) return undefined;
  const reads = redirection.operator === '<';
  const placeholder = !reads && /^-[A-Za-z-]+$/.test(path); // `<pod> -n`: an option behind a placeholder, or a file that nobody has
  if (placeholder) return undefined;
  if (target.parts?.some(({ type }) => type === 'ProcessSubstitution')) return reads ? { kind: 'unknown', fetched: false } : undefined;
  const ruling = judgePath(path, reads ? 'read' : 'write', folding.scope.directory);
  report.add(ruling.risk, ruling.rule ?? 'redirection', ruling.why, span);
  if (ruling.rule === 'sensitive-read') report.note('reads-secret', span);
  if (!reads && (words.length !== 1 || !words.every(isKnown))) report.add('dangerous', 'write-unknown', 'Only the run will know which file it writes over.', span);
  return reads || redirection.operator === '<>' ? { kind: path === '/dev/null' ? 'none' : 'unknown', fetched: false } : undefined;
}
