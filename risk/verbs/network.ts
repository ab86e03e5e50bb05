import type { Args } from '../args.ts';
import { type Call, wordsFrom } from '../context.ts';
import { changes, endangers, reads, type Ruling } from '../ruling.ts';
import { isKnown } from '../shell/value.ts';
import type { Tool } from '../tool.ts';
import { readFiles, writeFile } from './readers.ts';

const shows: Ruling = { risk: 'read_only', why: 'It only shows something.' };
const cutsOff = 'It can cut the host off, or open it.';

/** Where clouds hand out credentials to whoever asks from inside. */
const metadata = /169\.254\.169\.254|169\.254\.170\.2|metadata\.google\.internal|fd00:ec2::254|100\.100\.100\.200|(^|\/)2852039166|0xa9fea9fe|metadata\.azure|instance-data/i;
const localHost = /^(https?:\/\/)?(localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0)([:/]|$)/;

/** Clients, name services, interfaces and packet filters. */
export const network: readonly Tool[] = [
  { names: 'curl', options: { valued: '-X --request -d --data --data-ascii --data-binary --data-raw --data-urlencode -F --form --form-string -T --upload-file -H --header -o --output -u --user -A --user-agent -e --referer -b --cookie -c --cookie-jar -K --config -x --proxy -m --max-time --connect-timeout --retry --retry-delay --retry-max-time -w --write-out --url --cacert --cert --key -E --resolve --interface --json -D --dump-header --output-dir --trace --trace-ascii --stderr -r --range -C --continue-at -y -Y -z -Q --quote --unix-socket --netrc-file --limit-rate --max-filesize --max-redirs --ciphers --tls-max --oauth2-bearer --aws-sigv4 --connect-to --doh-url --socks5 --socks5-hostname --preproxy --proxy-header --engine -t --telnet-option --dns-servers --egd-file --random-file --capath --crlfile --pass --variable --expand-data --expand-url -P --ftp-port --mail-from --mail-rcpt' }, inspect: request },
  { names: 'wget wget2', options: { valued: '-O --output-document -o --output-file -a --append-output -i --input-file -B --base -t --tries -T --timeout -w --wait -Q -P --directory-prefix -U --user-agent --header --post-data --post-file --method --body-data --body-file -e --execute --user --password -A -R -D -I -X -l --level --load-cookies --save-cookies --referer --ca-certificate' }, inspect: download },
  { names: 'http https httpie xh xhs', inspect: (call, args) => { const verb = args.operands[0]?.text ?? ''; const pushes = args.operands.some(({ text }) => /^[\w-]+(:?=|@|=@)/.test(text)); return target(call, args) ?? (pushes || /^(POST|PUT|PATCH|DELETE)$/i.test(verb) ? { risk: 'dangerous', rule: 'http-write', why: 'It changes something on a server.' } : shows); } },
  { names: 'nc ncat netcat socat nc.openbsd nc.traditional cryptcat pwncat', options: { valued: '-w -p -s -q -i -e -c -X -x -g -G --exec --sh-exec --lua-exec' }, inspect: rawSocket },
  { names: 'telnet ftp lftp tftp smbclient nfs-ls rdesktop xfreerdp openvpn wg-quick ngrok cloudflared chisel frpc localtunnel gost bore inlets iodine dnscat sshuttle tailscaled rustscan hydra john hashcat sqlmap nikto msfconsole metasploit mimikatz responder bettercap ettercap', inspect: (call) => (/^(hydra|john|hashcat|sqlmap|nikto|msfconsole|metasploit|mimikatz|responder|bettercap|ettercap|dnscat|chisel|iodine|ngrok)$/.test(call.name) ? { risk: 'forbidden', rule: 'attack-tool', why: 'It is made to break in, or to get data out.' } : (call.context.report.note('sends-out', call.span), { risk: 'dangerous', rule: 'session', why: 'It opens a connection, and what goes through it is not known.' })) },
  { names: 'xmrig xmr-stak minerd cpuminer cgminer ethminer nbminer t-rex phoenixminer lolminer ccminer minergate kdevtmpfsi kinsing', otherwise: { risk: 'forbidden', rule: 'miner', why: 'It mines coins on somebody else’s host.' } },
  { names: 'ping ping6 traceroute traceroute6 tracepath mtr dig host nslookup drill delv kdig whois arping fping dog doggo ss netstat ifstat vnstat nload lldpctl mii-tool ncal sipcalc ipcalc geoiplookup testssl sslscan ssl-cert-check grpc_health_probe', options: { valued: '-c -i -W -w -p -t -s -I -n -m -q -x -b -k -y -f' }, flags: [], inspect: (call, args) => { if (call.name === 'ss' && args.has('-K', '--kill')) return { risk: 'dangerous', why: 'It closes connections.' }; if (/^ping6?$/.test(call.name) && args.has('-f')) return { risk: 'dangerous', why: 'It floods a host.' }; if (/^(dig|host|nslookup|drill|kdig|ping)$/.test(call.name) && args.operands.some((word) => !isKnown(word) && /\uE000\.|\uE000-/.test(word.text))) { call.context.report.note('sends-out', call.span); return { risk: 'forbidden', rule: 'name-carries-data', why: 'Data goes out as the name that is asked for.' }; } const pattern = args.valueOf('-p', '--pattern'); if (call.name.startsWith('ping') && pattern && !isKnown(pattern)) call.context.report.note('sends-out', call.span); return shows; } },
  { names: 'ip', options: { valued: '-n -netns --netns -family -f -l -rc', plain: '-4 -6 -br -brief -c -color -d -details -h -human -j -json -o -oneline -p -pretty -r -s -stats -statistics -t -ts', oneDash: true }, inspect: interfaces },
  { names: 'ifconfig iwconfig', inspect: (_, args) => (args.operands.length < 2 ? shows : { risk: 'dangerous', why: cutsOff }) },
  { names: 'route arp', inspect: (_, args) => (/^(add|del|flush|change|delete)$/.test(args.operands[0]?.text ?? '') || args.has('-d', '-s', '--delete', '--set') ? { risk: 'dangerous', why: cutsOff } : shows) },
  { names: 'iptables ip6tables ebtables arptables iptables-nft iptables-legacy xtables-multi', options: { valued: '-t --table' }, inspect: (_, args) => (args.has('-F', '--flush', '-X', '--delete-chain', '-P', '--policy') ? { risk: 'dangerous', rule: 'firewall-flush', why: 'It drops the rules of the firewall.' } : args.has('-L', '--list', '-S', '--list-rules', '-C', '--check', '-V') && !args.has('-A', '-I', '-D', '-R', '-Z') ? shows : { risk: 'dangerous', why: cutsOff }) },
  { names: 'iptables-save ip6tables-save', inspect: (call, args) => (writeFile(call, args.valueOf('-f', '--file')), args.has('-M', '--modprobe') ? { risk: 'dangerous', why: 'This option runs a program.' } : shows) },
  { names: 'iptables-restore ip6tables-restore', harmless: '-t --test', otherwise: { risk: 'dangerous', why: cutsOff } },
  { names: 'nft', harmless: '-c --check', inspect: (_, args) => (args.operands[0]?.text === 'list' && !args.has('-f', '-i', '--file', '--interactive') ? shows : { risk: 'dangerous', why: cutsOff }) },
  { names: 'ufw firewall-cmd ipset ipvsadm tc ethtool brctl ovs-vsctl ovs-ofctl ovs-appctl nmcli netplan wpa_cli rfkill iw bridge conntrack wg tailscale ipsec swanctl vtysh birdc cilium calicoctl hubble antctl', bare: shows, options: { valued: '-c --zone -f --fields -t' }, inspect: filters, verbs: [
    reads('status|show|app list|list|list-*|-l|-L|get|connection show|con show|c show|device status|device show|dev show|device|general|general status|radio|qdisc show|class show|filter show|-s qdisc|find|dump-flows|dump-ports|dump-tables|ofport|fdb show|link|vlan show|dev|ip|netcheck|ping|whois|statusall|listcerts|stats|endpoint list|endpoint get|node list|node status|version|config view|bpf|monitor|observe|connectivity|identity list|service list|policy get|ipam show|phy|event|fdb/show|check|traceflow'),
    changes('connection up|con up|device connect|reload|apply'),
    endangers('enable|disable|reset|allow|deny|reject|limit|delete|insert|route|default|logging|add|del|create|destroy|flush|swap|rename|restore|connection down|connection delete|connection modify|connection add|con down|con delete|con mod|networking off|networking on|device disconnect|qdisc add|qdisc del|qdisc replace|add-br|del-br|add-port|del-port|set|try|block|unblock|up|down|logout|login|setconf|syncconf|policy import|policy delete|uninstall|upgrade|install'),
  ] },
  { names: 'tcpdump tshark dumpcap ngrep snoop termshark', flags: [endangers('-z', 'It starts a program for every file.')], options: { valued: '-w -r -i -c -z -s -C -G -W -Z -F -f' }, inspect: (call, args) => (writeFile(call, args.valueOf('-w')), { risk: 'caution', rule: 'listens', why: 'It sees what goes over the network, secrets too.' }) },
  { names: 'nmap zenmap masscan', flags: [endangers('--script|--interactive|--script-args', 'It runs scripts against hosts.')], otherwise: { risk: 'caution', why: 'It tries the ports of hosts.' } },
  { names: 'iperf iperf3 ab wrk hey siege vegeta k6 locust hping3 stress stress-ng sysbench fio bonnie++ dnsperf', otherwise: { risk: 'dangerous', why: 'It puts load on a host or a network.' } },
  { names: 'grpcurl evans websocat wscat', inspect: (_, args) => (args.operands.some(({ text }) => /^(list|describe)$/.test(text)) ? shows : { risk: 'dangerous', why: 'It calls a server, and what that does is not known.' }) },
];

function target(call: Call, args: Args): Ruling | undefined {
  const places = [...args.operands, ...args.options.flatMap(({ name, value }) => (value && /^(--url|--resolve|--connect-to|-x|--proxy)$/.test(name) ? [value] : []))];
  const place = places.find(({ text }) => metadata.test(text));
  if (place) call.add('forbidden', 'cloud-metadata', 'The cloud hands out the credentials of this host there.', place);
  for (const { text, span } of args.operands) if (/^file:/i.test(text)) readFiles(call, [{ text: text.replace(/^file:(\/\/)?/i, ''), span }]);
  if (args.operands.some(({ text }) => /^(gopher|dict|ldap|tftp|smb|telnet|smtp|imap|pop3):/i.test(text))) call.add('dangerous', 'odd-protocol', 'It speaks a protocol in which anything can be sent.', call.span);
  return undefined;
}

function request(call: Call, args: Args): Ruling {
  target(call, args);
  let sends = false;
  for (const { name, value, word } of args.options) {
    if (/^(-K|--config)$/.test(name)) call.add('dangerous', 'unknown-file', 'The file has options of its own, and what is in it is not known.', word);
    if (/^(-o|--output|-D|--dump-header|-c|--cookie-jar|--trace\w*|--trace-ascii|--stderr|--output-dir|--libcurl|--etag-save)$/.test(name)) writeFile(call, value);
    if (/^(-O|--remote-n\w*|-J|--remote-h\w*)$/.test(name)) call.add('caution', 'write-file', 'It writes a file.', word);
    if (/^(-d|--d\w*|--data\S*|-F|--form\S*|-T|--upload-file|--json|--url-query|--expand-data)$/.test(name)) {
      sends = true;
      const file = /^(-T|--upload-file)$/.test(name) ? value?.text : /@(.+)$/.exec(value?.text ?? '')?.[1];
      if (file !== undefined && value) readFiles(call, [{ text: file.replace(/;.*/, ''), span: value.span }]);
    }
    if (name === '--unix-socket') call.add('dangerous', 'control-socket', 'It talks to a service of the host by its socket.', word);
    if (/^(--engine|--netrc-file)$/.test(name)) call.add('caution', 'curl.option', 'It loads something of its own.', word);
  }
  const method = args.valueOf('-X', '--request')?.text.toUpperCase();
  const far = args.operands.length === 0 || args.operands.some(({ text }) => !localHost.test(text));
  if (sends && far) call.context.report.note('sends-out', call.span);
  if (!far) call.add('read_only', 'curl.local', 'It asks a service of this host.', call.span);
  if (call.words.some((word) => !isKnown(word)) && far) noteUnknown(call, args);
  if (sends && (method === undefined || method === 'POST') && asksByPost(args)) return { risk: 'read_only', rule: 'http-read', why: 'It asks a server; the question only stands in the body.' };
  if (method === 'DELETE' && args.operands.some(({ text }) => everything.test(text))) return { risk: 'forbidden', rule: 'data-loss', why: 'It deletes everything that the server keeps.' };
  if (method !== undefined && !/^(GET|HEAD|OPTIONS)$/.test(method)) return { risk: 'dangerous', rule: 'http-write', why: 'It changes something on a server.' };
  if (sends && !args.has('-G', '--get')) return { risk: 'dangerous', rule: 'http-write', why: 'It sends data to a server.' };
  return { risk: 'read_only', rule: 'http-read', why: 'It asks a server and sends nothing.' };
}

/** Addresses that stand for all indexes, streams or snapshots of a search server. */
const everything = /^(https?:\/\/)?[\w.@:-]+\/(_data_stream\/|_snapshot\/)?(_all|\*|%2a)\/?(\?.*)?$/i;

/** Addresses of monitoring at which a POST is a question, asked with text that is known. */
function asksByPost({ operands, options }: Args): boolean {
  const known = options.every(({ name, value }) => !/^(-d|--data|--json|-F|-T|--form|--upload)/.test(name) || (value !== undefined && isKnown(value) && !value.text.includes('@')));
  return known && operands.length === 1 && /^https?:\/\/[\w.-]+(:\d+)?(\/[\w.-]+)*?\/(api\/v1\/(query|query_range|series|labels)|[\w*,.-]*\/?_(search|count|msearch|validate\/query)|loki\/api\/v1\/query(_range)?)\/?(\?[^\uE000]*)?$/.test(operands[0]?.text ?? '');
}

/** A URL or header with a part that the run fills in can carry anything out. */
function noteUnknown(call: Call, args: Args): void {
  const carried = [...args.operands, ...args.options.flatMap(({ name, value }) => (value && /^(-H|--header|-A|-e|-b|-u)$/.test(name) ? [value] : []))];
  if (carried.some((word) => !isKnown(word))) call.context.report.note('sends-out', call.span);
}

function download(call: Call, args: Args): Ruling {
  target(call, args);
  if (args.has('-e', '--execute', '-i', '--input-file', '--use-askpass', '--config')) call.add('dangerous', 'wget.option', 'This option runs or reads something that is not known.', call.span);
  const posted = args.find('--post-data', '--post-file', '--body-data', '--body-file');
  if (posted) {
    call.context.report.note('sends-out', call.span);
    if (posted.name.endsWith('file') && posted.value) readFiles(call, [posted.value]);
    return { risk: 'dangerous', rule: 'http-write', why: 'It sends data to a server.' };
  }
  if (!/^(GET|HEAD)?$/i.test(args.valueOf('--method')?.text ?? '')) return { risk: 'dangerous', rule: 'http-write', why: 'It changes something on a server.' };
  if (args.operands.some((word) => !isKnown(word))) call.context.report.note('sends-out', call.span);
  const file = args.valueOf('-O', '--output-document');
  if (args.has('--spider') || file?.text === '-' || file?.text === '/dev/null') return { risk: 'read_only', rule: 'http-read', why: 'It asks a server and sends nothing.' };
  writeFile(call, file);
  writeFile(call, args.valueOf('-P', '--directory-prefix'));
  return { risk: 'caution', rule: 'write-file', why: 'It writes what a server sends to a file.' };
}

function rawSocket(call: Call, args: Args): Ruling {
  const text = call.words.map((word) => word.text).join(' ');
  if (args.has('-e', '-c', '--exec', '--sh-exec', '--lua-exec') || /\b(EXEC|SYSTEM|SHELL):/i.test(text)) return { risk: 'forbidden', rule: 'reverse-shell', why: 'It gives whoever is at the other end a shell.' };
  if (call.name !== 'socat' && args.has('-z') && !args.has('-l', '-k')) return { risk: 'read_only', why: 'It only tries whether a port answers.' };
  if (asksSocket(call)) return { risk: 'read_only', rule: 'socket-read', why: 'It asks a service of this host to show something.' };
  call.context.report.note('sends-out', call.span);
  return { risk: 'dangerous', rule: 'raw-socket', why: 'It opens a connection, and what goes through it is not known.' };
}

/** `echo show stat | socat stdio /run/haproxy.sock`: every line asks a local socket, in a language where `show` changes nothing. */
function asksSocket(call: Call): boolean {
  const { stdin } = call.context;
  if (stdin.kind !== 'text' || !isKnown(stdin.text)) return false;
  const local = call.name === 'socat' ? call.words.every(({ text }) => /^(stdio|-|-t\d*|-T\d*|\d+|((unix|unix-connect|unix-client):)?\/(var\/)?run\/haproxy[\w./-]*)$/i.test(text)) : call.words.some(({ text }) => text === '-U') && call.words.every(({ text }) => /^(-U|-w|-N|-q|\d+|\/(var\/)?run\/haproxy[\w./-]*)$/.test(text));
  return local && stdin.text.text.split(/[\n;]/).every((line) => /^\s*(show\s+(?!cli\s+sockets|env)[\w ,.#*-]+|help|prompt)?\s*$/.test(line));
}

function interfaces(call: Call, args: Args): Ruling {
  const [object, verb] = args.operands.map(({ text }) => text);
  if (args.has('-b', '-batch', '--batch')) return { risk: 'dangerous', rule: 'unknown-file', why: 'The file has commands, and what is in it is not known.' };
  if (object === undefined) return shows;
  if (object.startsWith('netns') && verb?.startsWith('e')) {
    call.context.run(wordsFrom(call, args.operands[3]));
    return { risk: 'dangerous', why: 'It runs a command in another network.' };
  }
  if (verb === undefined || /^(s|sh|sho|show|l|ls|lis|list|lst|g|ge|get|m|mo|mon|monitor|st|stats|identify|pids|h|help)$/.test(verb)) return shows;
  return { risk: 'dangerous', why: cutsOff };
}

function filters(call: Call, args: Args): Ruling | undefined {
  const words = call.words.map(({ text }) => text).join(' ');
  if (call.name === 'firewall-cmd') return /--(add|remove|set|reload|panic|new|delete|complete|permanent .*--(add|remove)|direct|change|runtime-to)/.test(words) ? { risk: 'dangerous', why: cutsOff } : shows;
  if (call.name === 'ethtool') return /^(-[sCGKApPrEfNWLUX]|--(set|change|reset|flash|negotiate|identify|offline|test|config|features|coalesce|pause))/.test(words) ? { risk: 'dangerous', why: cutsOff } : shows;
  if (call.name === 'ipvsadm') return /^(-L|-l|-S|--list|--save)/.test(words) || words === '' ? shows : { risk: 'dangerous', why: cutsOff };
  if (call.name === 'conntrack') return args.has('-L', '-S', '-C', '-G', '-E', '--dump', '--stats', '--count') ? shows : { risk: 'dangerous', why: 'It closes connections.' };
  if (call.name === 'vtysh') return /^-c ['"]?show /.test(words) && !/-c .*-c (?!show)/.test(words) ? shows : { risk: 'dangerous', why: cutsOff };
  return undefined;
}

