import type { Args } from '../args.ts';
import type { Call } from '../context.ts';
import { isVital, judgePath } from '../paths.ts';
import { endangers, type Ruling } from '../ruling.ts';
import { hole, isKnown, type Value } from '../shell/value.ts';
import type { Tool } from '../tool.ts';
import { readFiles, writeFile } from './readers.ts';

const made: Ruling = { risk: 'caution', why: 'It makes or changes files.' };

/** Programs that make, move, change and delete files. */
export const files: readonly Tool[] = [
  { names: 'rm grm unlink rmdir srm shred wipe trash trash-put rimraf safe-rm', options: { valued: '-n --iterations -s --size --random-source' }, inspect: remove },
  { names: 'cp gcp install ginstall', options: { valued: '-t --target-directory -S --suffix -m --mode -o --owner -g --group' }, inspect: copy },
  { names: 'mv gmv rename prename mmv', options: { valued: '-t --target-directory -S --suffix' }, inspect: move },
  { names: 'ln link gln', options: { valued: '-t --target-directory -S --suffix' }, inspect: (call, args) => (writeFile(call, args.operands.length > 1 ? args.operands.at(-1) : undefined), readFiles(call, args.operands.slice(0, -1)), made) },
  { names: 'touch mkdir mkfifo mktemp gmkdir gtouch', options: { valued: '-m --mode -d --date -r --reference -t -p --tmpdir' }, inspect: (call, args) => (args.operands.forEach((file) => makeAt(call, file)), made) },
  { names: 'mknod', otherwise: { risk: 'dangerous', why: 'It makes a device file.' } },
  { names: 'truncate fallocate', options: { valued: '-s --size -r --reference -o -l' }, inspect: (call, args) => (args.operands.forEach((file) => writeFile(call, file)), { risk: 'dangerous', why: 'It cuts a file off.' }) },
  { names: 'chmod chown chgrp gchmod gchown', options: { valued: '--reference --from' }, inspect: grant },
  { names: 'chattr setfattr setfacl', options: { valued: '-m -x -M -X -b -k -n -v' }, inspect: (_, args) => (args.operands.some(({ text }) => isVital(text)) ? { risk: 'forbidden', rule: 'host-loss', why: 'It changes what may be done with the whole host.' } : { risk: 'dangerous', why: 'It changes what may be done with a file.' }) },
  { names: 'setcap', otherwise: { risk: 'forbidden', rule: 'privilege', why: 'It gives a program rights of root for everybody.' } },
  { names: 'setfont loadkeys stty reset tabs mesg', inspect: () => ({ risk: 'read_only', why: 'It only changes the terminal.' }) },
  { names: 'chcon restorecon semanage setsebool setenforce semodule', flags: [], inspect: (_, args) => (args.has('-n', '-l', '--list') || args.operands[0]?.text === 'list' ? { risk: 'read_only', why: 'It only shows something.' } : { risk: 'dangerous', why: 'It changes what the kernel lets programs do.' }) },
  { names: 'split csplit', inspect: (call, args) => (readFiles(call, args.operands.slice(0, 1)), args.has('--filter') ? { risk: 'dangerous', rule: 'split.filter', why: 'It starts a program for every piece.' } : made) },
  { names: 'dos2unix unix2dos patch ed ex msgfmt', options: { valued: '-p -i -d -o -r' }, flags: [endangers('-e', 'It can run commands.')], inspect: (call) => (/^(ed|ex)$/.test(call.name) ? { risk: 'dangerous', rule: 'editor', why: 'It is an editor, which can run commands.' } : made) },
  { names: 'tar gtar bsdtar star', options: { valued: '-f --file -C --directory -T --files-from -X --exclude-from --exclude -I --use-compress-program --to-command --checkpoint-action -F --info-script --new-volume-script --rmt-command --rsh-command --strip-components --transform -b -g -K -N -V -L' }, inspect: archive },
  { names: 'cpio pax ar', flags: [endangers('--rsh-command|--to-stdout-command', 'It starts a program of its own.')], inspect: (_, args) => (args.has('-t', '--list') || args.operands[0]?.text.startsWith('t') ? { risk: 'read_only', why: 'It only lists.' } : made) },
  {
    names: 'rsync',
    options: { valued: '-e --rsh --rsync-path --exclude --include --exclude-from --include-from --files-from -f --filter -T --temp-dir --partial-dir --bwlimit --timeout --port --password-file --log-file --chmod --chown -B --max-size --backup-dir --suffix -M --remote-option' },
    inspect: synchronise,
  },
  { names: 'scp sftp pscp psftp', options: { valued: '-c -F -i -J -l -o -P -S -D -X -b -B -R -s' }, flags: [endangers('-S|-o|-F|-D|-b', 'This option runs a command, or reads options of its own.')], inspect: sendFiles },
  { names: 'updatedb sync fsync logger wall write mail mailx sendmail mutt', inspect: (call) => (/^(mail|mailx|sendmail|mutt)$/.test(call.name) ? (call.context.report.note('sends-out', call.span), { risk: 'dangerous', rule: 'sends-out', why: 'It sends data out by mail.' }) : { risk: 'caution', why: 'It writes to logs, terminals or an index.' }) },
];

function makeAt(call: Call, file: Value): void {
  const ruling = judgePath(file.text, 'write', call.context.scope.directory);
  if (ruling.risk === 'forbidden') call.add(ruling.risk, ruling.rule ?? 'write-file', ruling.why, file);
}

function remove(call: Call, args: Args): Ruling {
  for (const file of args.operands) {
    const { directory } = call.context.scope;
    const ruling = judgePath(file.text, 'delete', directory);
    if (ruling.risk !== 'caution') call.add(ruling.risk, ruling.rule ?? 'delete-file', ruling.why, file);
    if (isVital(file.text, directory) && (call.name !== 'rmdir' || args.has('-p'))) call.add('forbidden', 'host-loss', 'It deletes a part of the system that the host cannot do without.', file);
    if ((file.text.startsWith(`${hole}/`) || file.text.startsWith(`/${hole}`)) && /^[^\w]*$/.test(file.text.slice(2))) call.add('forbidden', 'host-loss', 'Where the variable is empty, it deletes everything from the root of the host.', file);
  }
  if (args.has('--no-preserve-root')) call.add('forbidden', 'host-loss', 'It asks to delete the root of the host.', call.span);
  return call.name === 'rmdir' ? { risk: 'caution', why: 'It deletes empty folders.' } : { risk: 'dangerous', why: 'It deletes files for good.' };
}

function copy(call: Call, args: Args): Ruling {
  const target = args.valueOf('-t', '--target-directory') ?? args.operands.at(-1);
  readFiles(call, args.operands.slice(0, -1));
  if (args.operands.length > 1 || args.has('-t', '--target-directory')) writeInto(call, target, args.operands);
  if (/[4-7]\d{3}|[ug]\+s|s/.test(args.valueOf('-m', '--mode')?.text ?? '')) call.add('forbidden', 'privilege', 'It makes a program that runs with the rights of its owner.', call.span);
  return made;
}

/** A copy into a folder is a copy to the file of the same name in it. */
function writeInto(call: Call, target: Value | undefined, sources: readonly Value[]): void {
  writeFile(call, target);
  if (target === undefined) return;
  for (const source of sources.slice(0, 8)) {
    if (source === target) continue;
    const name = source.text.split('/').at(-1) ?? '';
    const ruling = judgePath(`${target.text}/${name}`, 'write', call.context.scope.directory);
    if (ruling.risk === 'forbidden') call.add('forbidden', ruling.rule ?? 'write-file', ruling.why, target);
  }
}

function move(call: Call, args: Args): Ruling {
  if (/rename|mmv/.test(call.name)) return args.has('-n', '--no-act') ? { risk: 'read_only', why: 'It only says what it would do.' } : { risk: 'dangerous', why: 'It renames many files by a pattern.' };
  const target = args.valueOf('-t', '--target-directory') ?? args.operands.at(-1);
  for (const source of args.operands) {
    if (source === target) continue;
    const ruling = judgePath(source.text, 'delete', call.context.scope.directory);
    if (ruling.risk !== 'caution') call.add(ruling.risk, ruling.rule ?? 'move-file', ruling.why, source);
    if (isVital(source.text, call.context.scope.directory)) call.add('forbidden', 'host-loss', 'It takes a part of the system away that the host cannot do without.', source);
  }
  writeInto(call, target, args.operands);
  if (target?.text === '/dev/null') call.add('dangerous', 'delete-file', 'What is moved there is gone.', target);
  return made;
}

function grant(call: Call, args: Args): Ruling {
  const minus = call.name.endsWith('chmod') && args.has('-r', '-w', '-x', '-X', '-s', '-t'); // `chmod -x file`: the mode looks like an option
  const [mode, ...paths] = args.operands;
  const targets = args.has('--reference') || minus ? args.operands : paths;
  const deep = args.has('-R', '--recursive');
  for (const path of targets) {
    if (isVital(path.text, call.context.scope.directory)) call.add(deep ? 'forbidden' : 'dangerous', 'host-loss', 'It changes the rights of a part of the system that the host cannot do without.', path);
    const ruling = judgePath(path.text, 'write', call.context.scope.directory);
    if (ruling.risk !== 'caution' && ruling.risk !== 'read_only') call.add(ruling.rule === 'write-agent' ? 'forbidden' : 'dangerous', ruling.rule ?? 'rights', ruling.why, path);
  }
  const text = minus ? '' : (mode?.text ?? '');
  if (call.name.endsWith('chmod')) {
    if (/[ugoa]*[+=][rwxXt]*s|^[0-7]*[2-7][0-7]{3}$/.test(text)) call.add('forbidden', 'privilege', 'It makes programs run with the rights of their owner.', mode);
    if (/^0?[0-7]?[0-7]{2}[2367]$|^[ugoa]*[oa]\w*[+=][rxX]*w/.test(text)) call.add('dangerous', 'world-writable', 'It lets everybody write.', mode);
    if (mode && !isKnown(mode)) call.add('dangerous', 'rights-unknown', 'Only the run will know which rights it gives.', mode);
  }
  if (deep) return { risk: 'dangerous', why: 'It changes the rights of a whole tree, and nobody knows what they were.' };
  return call.name.endsWith('chmod') ? { risk: 'caution', why: 'It changes the rights of a file.' } : { risk: 'dangerous', why: 'It gives a file to another owner.' };
}

function archive(call: Call, args: Args): Ruling {
  const old = /^[A-Za-z]+$/.test(call.words[0]?.text ?? '') ? (call.words[0]?.text ?? '') : '';
  const does = (letter: string, long: string): boolean => old.includes(letter) || args.has(`-${letter}`, long);
  for (const { name, value, word } of args.options) {
    if (name !== '--remove-files' && /^(--to-c[\w-]*|--checkpoint-a[\w-]*|-I|--use[\w-]*|-F|--info[\w-]*|--new-v[\w-]*|--rm[\w-]*|--rsh[\w-]*)$/.test(name)) {
      const code = value?.text.replace(/^exec=/, '') ?? '';
      if (/^(-I|--use-c)/.test(name) ? /^(gzip|bzip2|xz|zstd|pigz|lz4|pbzip2|pixz)( -[\w]+)*$/.test(code) : /^(dot|echo|bell|ttyout|totals|sleep)/.test(code)) continue;
      call.add('dangerous', 'tar.exec', 'This option runs a command.', word);
      if (value && isKnown(value)) call.context.shell({ text: code, span: value.span });
    }
  }
  if (/^[\w.@-]+:/.test(args.valueOf('-f', '--file')?.text ?? '')) call.add('dangerous', 'tar.remote', 'The archive is on another host.', call.span);
  if (args.has('--remove-files')) call.add('dangerous', 'delete-file', 'It deletes what it has packed.', call.span);
  if (args.has('-P', '--absolute-names') && does('x', '--extract')) call.add('dangerous', 'write-system', 'It writes anywhere, also over the system.', call.span);
  if (does('t', '--list') || does('d', '--diff')) return { risk: 'read_only', why: 'It only lists an archive.' };
  readFiles(call, old === '' ? args.operands : args.operands.slice(1));
  const into = args.valueOf('-C', '--directory');
  if (does('x', '--extract') && into) {
    writeFile(call, into);
    if (isVital(into.text)) call.add('dangerous', 'write-system', 'It writes over the system.', into);
  }
  if (does('c', '--create')) writeFile(call, args.valueOf('-f', '--file') ?? (old.includes('f') ? args.operands[1] : undefined));
  return does('x', '--extract') || does('c', '--create') ? made : { risk: 'dangerous', why: 'It changes an archive.' };
}

function synchronise(call: Call, args: Args): Ruling {
  for (const { name, value } of args.options) {
    if ((name === '-e' || name === '--rsh' || name === '--rsync-path') && value) {
      if (/^ssh( -[46CTpiqx]+( \d+| [\w./~-]+)?)*$|^(sudo )?rsync$/.test(value.text)) continue;
      call.add('dangerous', 'rsync.program', 'This option runs a program.', value);
      call.context.shell({ text: value.text, span: value.span });
    }
  }
  readFiles(call, args.operands.slice(0, -1));
  if (args.has('-n', '--dry-run', '--list-only')) return { risk: 'read_only', why: 'It only says what it would do.' };
  const target = args.operands.at(-1);
  if (args.operands.length < 2) return { risk: 'read_only', why: 'It only lists.' };
  const away = /^[^/]+:|^rsync:/.test(target?.text ?? '');
  if (away) call.context.report.note('sends-out', call.span);
  else writeFile(call, target);
  if (options(args, /^--(delete\w*|del|remove-source-files|delete-.*|force)$/)) return { risk: isVital(target?.text ?? '') ? 'forbidden' : 'dangerous', rule: 'rsync.delete', why: 'It deletes files that the other side lacks.' };
  return away ? { risk: 'dangerous', rule: 'sends-out', why: 'It copies files to another host.' } : made;
}

function options(args: Args, pattern: RegExp): boolean {
  return args.options.some(({ name }) => pattern.test(name));
}

function sendFiles(call: Call, args: Args): Ruling {
  const target = args.operands.at(-1);
  readFiles(call, args.operands.slice(0, -1));
  if (call.name.endsWith('sftp')) return { risk: 'dangerous', rule: 'interactive', why: 'What is done in the session is not known.' };
  if (!/^[^/]*:|^scp:/.test(target?.text ?? '')) {
    writeFile(call, target);
    return { risk: 'caution', why: 'It copies files from another host.' };
  }
  call.context.report.note('sends-out', call.span);
  return { risk: 'dangerous', rule: 'sends-out', why: 'It copies files to another host.' };
}
