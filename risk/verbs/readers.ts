import type { Args } from '../args.ts';
import type { Call } from '../context.ts';
import { judgePath } from '../paths.ts';
import { endangers, type Ruling } from '../ruling.ts';
import { isKnown, type Value } from '../shell/value.ts';
import type { Tool } from '../tool.ts';

/** Judges files that a command reads, and remembers where secrets are among them. */
export function readFiles(call: Call, files: readonly Value[]): void {
  for (const file of files) {
    const ruling = judgePath(file.text, 'read', call.context.scope.directory);
    if (ruling.risk === 'read_only') continue;
    call.add(ruling.risk, ruling.rule ?? 'sensitive-read', ruling.why, file);
    if (ruling.rule === 'sensitive-read') call.context.report.note('reads-secret', file.span);
  }
}

export function writeFile(call: Call, file: Value | undefined): void {
  if (file === undefined) return;
  const ruling = judgePath(file.text, 'write', call.context.scope.directory);
  call.add(ruling.risk, ruling.rule ?? 'write-file', ruling.why, file);
  if (!isKnown(file)) call.add('dangerous', 'write-unknown', 'Only the run will know which file it writes over.', file);
}

const shows: Ruling = { risk: 'read_only', rule: 'reader', why: 'It only shows something.' };

function readAll(call: Call, args: Args): Ruling {
  readFiles(call, args.operands);
  return shows;
}

/** A program that shows files and has options which write them. */
const reader = (names: string, more: Omit<Tool, 'names'> = {}): Tool => ({
  names,
  ...more,
  inspect(call, args) {
    for (const option of args.options) if (writing.has(`${call.name} ${option.name}`)) writeFile(call, option.value ?? option.word);
    return more.inspect?.(call, args) ?? readAll(call, args);
  },
});

const writing = new Set(['sort -o', 'sort --output', 'gsort -o', 'tree -o', 'file -C', 'diff --output', 'shuf -o', 'shuf --output', 'yq -i', 'pr --output', 'column --output', 'hexdump -o', 'xmllint --output', 'xmllint -o', 'jc -o', 'split --output', 'bat --output', 'dot -o', 'rg --output', 'objdump -o']);

/** Programs that show what is there. Each is listed because none of its options runs a program, but those named here. */
export const readers: readonly Tool[] = [
  reader('cat tac tr nl head tail wc cut paste join comm fold fmt expand unexpand od hexdump hd xxd strings rev tsort pr ptx cksum sum md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum shasum md5 base64 base32 basenc zcat gzcat bzcat xzcat zstdcat lz4cat zgrep zfgrep zegrep bzgrep xzgrep look numfmt ghead gtail gcat crc32 xxhsum', {
    options: { valued: '-n -c -d -f -b -s -w --lines --bytes --delimiter --fields --width -t -N -j -A -l -i -m -T' },
  }),
  reader('grep egrep fgrep ggrep ugrep pcregrep pcre2grep agrep', { options: { valued: '-e --regexp -f --file -m -A -B -C --include --exclude --exclude-dir --color --label --max-count' }, inspect: searchFiles }),
  reader('rg ripgrep', { options: { valued: '-e --regexp -f --file -m -A -B -C -g --glob -t --type -T -j -r --replace --sort --max-depth -d' }, flags: [endangers('--pre|--hostname-bin|--search-zip-with', 'It runs a program for every file.')], inspect: searchFiles }),
  reader('ag ack', { flags: [endangers('--pager|--output', 'It starts a program of its own.')], inspect: searchFiles }),
  reader('ls dir vdir exa eza lsd tree stat file du df lsattr getfacl readlink realpath basename dirname pathchk namei findmnt mountpoint lsblk blkid lscpu lsmem lspci lsusb lsmod lsns lsipc lslocks lslogins lshw dmidecode hwinfo inxi nproc arch uname hostid tty who w whoami users logname id groups getent finger last lastb lastlog uptime cal free vmstat iostat mpstat pidstat sar nfsstat nfsiostat dstat slabtop numastat cpuid sensors acpi ipcs locale getconf tput clear tload procinfo smem pmap pstree pgrep pidof pwdx ps top htop atop btop glances nmon iotop nethogs iftop bmon lsof jps gdu ncdu duf dust procs getcap getsebool sestatus aa-status getenforce zdump apropos whatis man info locate mlocate plocate whereis size nm objdump readelf elfutils iconv uuidgen mcookie factor expr bc dc jc column tabs cmp diff diff3 sdiff colordiff wdiff delta jo csvlook csvcut xsv mlr envsubst figlet lolcat cowsay fortune banner toilet shuf units ts pv gron htmlq xq xmllint xmlstarlet pup tokei cloc scc', {
    options: { valued: '-n -c -d -s --sort -o -p -u -U -e -E -k -t -L -I -w -f --format --columns' },
    harmless: '-V',
    flags: [endangers('--rsh|--compress-program', 'It starts a program of its own.')],
    inspect: look,
  }),
  reader('sort gsort', { options: { valued: '-k --key -t --field-separator -o --output -S --buffer-size -T --temporary-directory --parallel --files0-from --batch-size' }, flags: [endangers('--compress-program', 'It starts a program of its own.')] }),
  {
    names: 'uniq',
    options: { valued: '-f -s -w' },
    inspect(call, args) {
      readFiles(call, args.operands.slice(0, 1));
      writeFile(call, args.operands[1]);
      return shows;
    },
  },
  {
    names: 'tee sponge',
    options: {},
    inspect(call, args) {
      for (const file of args.operands) writeFile(call, file);
      return shows;
    },
  },
  reader('jq gojq jaq', { options: { valued: '-f --from-file -L --indent', plain: '-r -c -e -s -n -R -S -M -C -a -j' }, inspect: (call, args) => (readFiles(call, args.has('-f', '--from-file') ? args.operands : args.operands.slice(1)), /\benv\b|\$ENV/.test(args.operands[0]?.text ?? '') ? { risk: 'caution', rule: 'sensitive-read', why: 'It shows the environment, which may hold secrets.' } : shows) }),
  reader('yq', {
    options: { valued: '-p -o --indent -I --input-format --output-format' },
    flags: [{ words: ['-i', '--inplace', '--in-place'], risk: 'caution', why: 'It changes the file.' }],
    inspect: (call, args) => (args.has('-i', '--inplace') ? args.operands.slice(1).forEach((file) => writeFile(call, file)) : readFiles(call, args.operands.slice(1)), /\b(load|load_str|env|strenv|envsubst|eval)\b/.test(args.operands[0]?.text ?? '') ? { risk: 'caution', why: 'It reads other files or the environment.' } : shows),
  }),
  { names: 'printenv', inspect: (call) => { call.context.report.note('reads-secret', call.span); return undefined; }, otherwise: { risk: 'caution', rule: 'sensitive-read', why: 'It shows the environment, which may hold secrets.' } },
  { names: 'hostname domainname dnsdomainname nisdomainname', inspect: (_, args) => (args.operands.length === 0 && !args.has('-F', '-b', '--file', '--boot') ? shows : { risk: 'dangerous', why: 'It gives the host another name.' }) },
  { names: 'date gdate', options: { valued: '-d --date -f --file -r --reference', plain: '+' }, flags: [endangers('-s|--set', 'It sets the clock of the host.')], inspect: (_, args) => (args.operands.some(({ text }) => /^\d{8,}/.test(text)) ? { risk: 'dangerous', why: 'It sets the clock of the host.' } : shows) },
  { names: 'dmesg', flags: [endangers('-C|-c|--clear|--read-clear|-D|-E|-n|--console-off|--console-level', 'It clears or silences the messages of the kernel.')], otherwise: shows },
  { names: 'ldd', otherwise: { risk: 'dangerous', why: 'It can run the file that it looks at.' } },
  { names: 'fuser', flags: [endangers('-k|--kill', 'It kills processes.')], otherwise: shows },
  { names: 'gzip gunzip bzip2 bunzip2 xz unxz zstd unzstd lz4 pigz compress uncompress lzma unlzma lzop', options: { valued: '-S -T -o' }, inspect: (_, args) => (args.has('-c', '--stdout', '-l', '--list', '-t', '--test') || args.operands.length === 0 ? shows : { risk: 'caution', why: 'It puts files in the place of others.' }) },
  { names: 'unzip unrar 7z 7za 7zr zipinfo', options: { valued: '-d -x -P' }, inspect: unpack },
  { names: 'zip rar', inspect: (call, args) => { readFiles(call, args.operands.slice(1)); return undefined; }, flags: [endangers('-m|--move', 'It deletes what it has packed.'), endangers('-T|--test|--unzip-command', 'It can run a command of its own on the archive.')], otherwise: { risk: 'caution', why: 'It writes an archive.' } },
];

function unpack(call: Call, args: Args): Ruling {
  if (call.name === 'zipinfo' || args.has('-l', '-t', '-v', '-Z', '-p') || /^[ltv]$/.test(args.operands[0]?.text ?? '')) return shows;
  const into = args.valueOf('-d') ?? args.operands.find(({ text }, index) => (index > 1 && call.name === 'unrar') || text.startsWith('-o/'));
  if (into) writeFile(call, { ...into, text: `${into.text.replace(/^-o/, '')}/x` });
  return { risk: 'caution', why: 'It writes the files of an archive.' };
}

/** The first operand is a pattern where none came by an option: data, whatever it says. */
function searchFiles(call: Call, args: Args): Ruling {
  const files = args.has('-e', '-f', '--regexp', '--file') ? args.operands : args.operands.slice(1);
  readFiles(call, files);
  return shows;
}

/** Programs that only list and measure: even a place of secrets is shown without what is in it. */
function look(call: Call, args: Args): Ruling {
  if (/^(iconv|xmllint|xmlstarlet|envsubst|gron|column|diff|sdiff|cmp|strings)$/.test(call.name)) readFiles(call, args.operands);
  if (call.name === 'file' && args.has('-C')) return { risk: 'caution', why: 'It writes a file.' };
  if (/^(man|info)$/.test(call.name) && args.has('-P', '--pager', '-H', '--html', '--init-file')) return { risk: 'dangerous', why: 'It starts a program of its own.' };
  if (call.name === 'ps' && call.words.some(({ text }) => /^[a-z]*e[a-z]*$/.test(text) && !text.startsWith('-') && /^[auxefwlj]+$/.test(text) && text.includes('e'))) return { risk: 'caution', rule: 'sensitive-read', why: 'It shows the environment of processes.' };
  if (call.name === 'dc' || call.name === 'bc') return call.words.some(({ text }) => text.includes('!')) ? { risk: 'dangerous', why: 'It can start a shell.' } : shows;
  if (call.name === 'locate' && args.has('-o')) return { risk: 'caution', why: 'It writes a file.' };
  return shows;
}
