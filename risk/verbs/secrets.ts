import type { Args } from '../args.ts';
import { type Call, wordsFrom } from '../context.ts';
import { changes, endangers, reads, reveals, type Ruling } from '../ruling.ts';
import type { Tool } from '../tool.ts';
import { readFiles, writeFile } from './readers.ts';

const shows: Ruling = { risk: 'read_only', why: 'It only shows something.' };

function secret(call: Call): Ruling {
  call.context.report.note('reads-secret', call.span);
  return { risk: 'caution', rule: 'sensitive-read', why: 'It shows a secret.' };
}

/** Keepers of secrets, and cryptography. */
export const secretTools: readonly Tool[] = [
  {
    names: 'vault bao',
    options: { oneDash: true, valued: '-address -namespace -ca-cert -ca-path -client-cert -client-key -mount', plain: '-tls-skip-verify -non-interactive' },
    flags: [endangers('-tls-skip-verify', 'It trusts any server.')],
    verbs: [reads('status|secrets list|auth list|policy list|policy read|token lookup|token capabilities|list|kv list|kv metadata get|audit list|version|path-help|operator key-status|operator members|operator raft list-peers|operator raft autopilot state|plugin list|plugin info|namespace list|lease lookup|monitor|version-history|operator diagnose|pki health-check|pki list-intermediates'), reveals('read|kv get|print token|unwrap|operator raft snapshot inspect'), changes('write|kv put|kv patch|kv metadata put|token renew|lease renew|login|operator raft snapshot save|operator usage|patch|kv rollback|kv undelete|events'), endangers('delete|kv delete|kv destroy|kv metadata delete|token create|token revoke|lease revoke|policy write|policy delete|policy fmt|secrets enable|secrets disable|secrets move|secrets tune|auth enable|auth disable|auth tune|operator init|operator unseal|operator step-down|operator rekey|operator rotate|operator generate-root|operator raft remove-peer|operator raft snapshot restore|operator raft join|operator migrate|operator raft|plugin|plugin register|plugin deregister|plugin reload|namespace create|namespace delete|ssh|agent|server|proxy|transit|transform|debug|pki')],
    inspect(call, args) {
      const words = args.operands.map(({ text }) => text).join(' ');
      if (/^(read|kv get|print token|unwrap)/.test(words)) return /^read (sys\/|.*\/config|auth\/[\w-]+\/role)/.test(words) && !/raw/.test(words) ? shows : secret(call);
      if (/^(audit (disable|delete))|^delete sys\/audit|^operator seal/.test(words)) return { risk: 'forbidden', rule: 'audit-off', why: 'It switches the audit of the vault off, or the vault itself.' };
      if (words.startsWith('audit enable')) return { risk: 'caution', why: 'It adds an audit of the vault.' };
      if (/^write (sys\/(policy|policies|auth|mounts|audit|raw)|auth\/|identity\/|-f|-force)/.test(words)) return { risk: 'dangerous', why: 'It changes who may read secrets.' };
      return undefined;
    },
  },
  { names: 'consul', options: { oneDash: true, valued: '-http-addr -token -token-file -datacenter -namespace -ca-file -client-cert -client-key -name -service -tag -node' }, verbs: [reads('members|info|catalog datacenters|catalog nodes|catalog services|operator raft list-peers|operator autopilot get-config|operator autopilot state|version|validate|rtt|config list|config read|intention list|intention check|intention match|intention get|acl policy list|acl policy read|acl role list|acl token list|monitor|connect ca get-config|namespace list|peering list|peering read|snapshot inspect|troubleshoot'), reveals('kv get|acl token read|kv export|keygen'), changes('kv put|reload|snapshot save|maint|services register|login|logout|operator usage|debug'), endangers('kv delete|kv import|leave|force-leave|join|lock|exec|watch|acl|acl bootstrap|acl token create|acl token delete|acl policy create|acl policy delete|operator raft remove-peer|operator autopilot set-config|snapshot restore|config write|config delete|intention create|intention delete|services deregister|connect|agent|keyring|event|tls|namespace delete|peering delete')], inspect: (call, args) => { const [one, two] = args.operands.map(({ text }) => text); if (one === 'kv' && two === 'get') return secret(call); if (one === 'lock' || one === 'exec' || one === 'watch') { call.context.run(wordsFrom(call, args.operands[one === 'lock' ? 2 : 1])); return { risk: 'dangerous', why: 'It runs a command, on this host or on all.' }; } return one === 'kv' && two === 'delete' && args.has('-recurse') && args.operands.length < 4 && (args.operands[2]?.text ?? '') === '' ? { risk: 'forbidden', rule: 'data-loss', why: 'It deletes everything that the cluster keeps.' } : undefined; } },
  {
    names: 'openssl libressl',
    options: { oneDash: true, valued: '-in -out -connect -servername -CAfile -CApath -cert -key -inkey -passin -passout -pass -k -K -iv -days -subj -config -engine -provider -provider-path -port -host -proxy -starttls -inform -outform -keyform -digest -signature -extfile -name -writerand -rand' },
    inspect: crypto,
  },
  { names: 'gpg gpg2 gpgv age sops rage pass gopass bw op keybase lpass doppler infisical conjur akeyless credhub summon teller berglas kubeseal sealed-secrets step certbot acme.sh cfssl mkcert keytool certutil p11tool pkcs11-tool ykman secret-tool keyctl security cloak', inspect: keepers },
  { names: 'ssh-keygen ssh-keyscan ssh-add ssh-copy-id ssh-agent ssh-import-id', options: { valued: '-f -t -b -C -N -P -F -R -O -m -Z -I -s -V -n -D -i -p' }, inspect: (call, args) => (call.name === 'ssh-keyscan' || (call.name === 'ssh-keygen' && args.has('-l', '-F', '-B', '-L') && !args.has('-D', '-R', '-H')) || (call.name === 'ssh-add' && args.has('-l', '-L')) ? shows : /^ssh-(copy-id|import-id)$/.test(call.name) ? { risk: 'forbidden', rule: 'persistence', why: 'Whoever has the key gets in from now on.' } : call.name === 'ssh-keygen' && args.has('-y') ? { risk: 'caution', rule: 'sensitive-read', why: 'It reads a key.' } : { risk: 'dangerous', why: 'It makes, loads or changes a key.' }) },
];

function crypto(call: Call, args: Args): Ruling {
  const verb = args.operands[0]?.text ?? call.words[0]?.text ?? '';
  if (args.has('-engine', '-provider', '-provider-path', '-config')) call.add('dangerous', 'openssl.engine', 'It loads code or settings that are not known.', call.span);
  const input = args.valueOf('-in', '-key', '-inkey');
  if (input && !/^(x509|req|crl|verify|s_client)$/.test(verb)) readFiles(call, [input]);
  const output = args.valueOf('-out', '-keyout', '-writerand');
  if (output) {
    writeFile(call, output);
    call.add('caution', 'write-file', 'It writes a file.', output);
  }
  if (/^(s_server|ca|engine|s_time|speed|ts)$/.test(verb)) return { risk: 'dangerous', why: 'It opens a server, or signs.' };
  if (verb === 's_client') {
    if (call.context.stdin.kind === 'unknown') call.context.report.note('sends-out', call.span);
    return call.context.stdin.kind === 'unknown' && call.context.stdin.fetched ? { risk: 'dangerous', why: 'It sends data to another host.' } : { risk: 'read_only', why: 'It asks a server for its certificate.' };
  }
  if (/^(genrsa|genpkey|gendsa|ecparam|pkcs12|pkey|rsa|ec)$/.test(verb)) return args.has('-pubout', '-noout', '-check', '-modulus') ? shows : { risk: 'caution', rule: 'sensitive-read', why: 'It makes or shows a key.' };
  if (/^(enc|cms|smime|pkeyutl|rsautl)$/.test(verb) && input && !args.has('-d', '-decrypt', '-verify')) return { risk: 'caution', why: 'It encrypts or signs.' };
  return shows;
}

function keepers(call: Call, args: Args): Ruling {
  const words = args.operands.map(({ text }) => text);
  const text = call.words.map((word) => word.text).join(' ');
  if (/^(keytool|certutil)$/.test(call.name)) return /^-(list|printcert|L|V)\b/.test(text) ? shows : { risk: 'dangerous', why: 'It changes a store of keys.' };
  if (/^(gpgv|cfssl-certinfo)$/.test(call.name) || /(^|\s)(--list-keys|--list-public-keys|-k|--fingerprint|--verify|--list-packets|--list-sigs|--check-sigs|--list-secret-keys|-K)(\s|$)/.test(text)) return shows;
  if (call.name === 'security' || call.name === 'secret-tool') return /find|lookup|dump|export/.test(text) ? secret(call) : { risk: 'dangerous', why: 'It changes a store of keys.' };
  if (/^(step|certbot|cfssl)$/.test(call.name) && (/^(certificate (inspect|verify|fingerprint|lint|needs-renewal)|crypto jwt (inspect|verify)|certificates|plugins|certinfo|ca (health|roots|root|provisioner list)|version)/.test(words.join(' ')))) return shows;
  if (call.name === 'certbot' && args.has('--dry-run')) return { risk: 'caution', why: 'It tries a renewal.' };
  if (/^(run|exec)$/.test(words[0] ?? '')) {
    const dashes = call.words.findIndex((word) => word.text === '--');
    if (dashes !== -1) call.context.run(call.words.slice(dashes + 1));
    return { risk: dashes === -1 ? 'dangerous' : 'caution', rule: 'sensitive-read', why: 'It gives secrets to a program.' };
  }
  if (/^(list|ls|status|item list|vault list|account list|whoami|user list|version|find|search|configs|projects|environments)$/.test(words.slice(0, 2).join(' ')) || /^(list|ls|status|whoami|version)$/.test(words[0] ?? '')) return shows;
  if (/^(show|get|read|item get|decrypt|secrets|export|download|view|inject)$/.test(words[0] ?? '') || words.slice(0, 2).join(' ') === 'item get' || args.has('-d', '--decrypt', '--export-secret-keys', '-p', '--password')) return /--export-secret|exec-(env|file)/.test(text) ? (call.context.report.note('reads-secret', call.span), { risk: 'dangerous', why: 'It takes a key out.' }) : secret(call);
  if (call.name === 'kubeseal' && !args.has('--recovery-unseal')) return args.has('--fetch-cert') ? shows : { risk: 'caution', why: 'It encrypts a secret.' };
  return { risk: 'dangerous', rule: `${call.name}.change`, why: 'It changes secrets or keys, or who may read them.' };
}

