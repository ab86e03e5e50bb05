import type { Check } from './family.ts';
import { isHex, isRandom, isUnspeakable } from './looks.ts';
import { isStandIn } from './values.ts';

/** True where the secret passes the check; `before` is the text that leads to it. */
export function passes(check: Check, secret: string, before: string): boolean {
  switch (check) {
    case 'random':
      return isRandom(secret);
    case 'not-hex':
      return !isHex(secret);
    case 'mixed':
      return /[a-z]/.test(secret) && /[A-Z]/.test(secret) && /\d/.test(secret);
    case 'mixed-case':
      return /[a-z]/.test(secret) && /[A-Z]/.test(secret) && isUnspeakable(secret);
    case 'letters-and-digits':
      return /[a-z]/i.test(secret) && /\d/.test(secret);
    case 'not-stand-in':
      return !isStandIn(secret);
    case 'jwt':
      return hasJsonHeader(secret);
    case 'basic-credentials':
      return /^[\x20-\x7e]*:[\x20-\x7e]+$/.test(Buffer.from(secret, 'base64').toString('latin1'));
    case 'docker-auth':
      return passes('basic-credentials', secret, before) || (secret.length >= 16 && isRandom(secret));
    case 'pem-private-key':
      return /PRIVATE KEY/.test(Buffer.from(secret.replace(/\\n|\s/g, ''), 'base64').toString('latin1').slice(0, 200));
    case 'looks-like-password':
      return /[\d\W_]|[a-z][A-Z]/.test(secret) && !/^[\w.-]+\/[\w.-]+$/.test(secret);
    case 'not-address':
      return !/^[\d.:,/]+$|^(?:tcp|udp|icmp|all|any)$|^[\w.-]+:\d+(?::\d+)?$|^(?:\.{0,2}\/|~\/|[A-Za-z]:\\)|^[\w.-]+\.(?:pem|key|crt|p12|jks|json|ya?ml|txt|conf|cnf|ini|sh|xml|log)$/.test(secret);
    case 'not-file':
      return !/^(?:file|fileb|@|https?):|^@|^(?:\.{0,2}\/|~\/)|^-$|^arn:/.test(secret);
    case 'named-secret':
      return /token|secret|key|passw|pwd|auth|cred|\bpat\b/i.test(before.slice(-80));
    case 'asked-for':
      return asksForSecret(before);
  }
}

/** True where the line above names a secret and then a command that prints it: `kubectl get secret db -o jsonpath=…`. */
function asksForSecret(before: string): boolean {
  const end = before.lastIndexOf('\n');
  const line = before.slice(before.lastIndexOf('\n', end - 1) + 1, end);
  const asked = /^.*(?=base64 (?:-d|--decode)|jsonpath|output|-raw|config get|get-secret-value|--with-decryption|get-access-token|sops|ansible-vault view|secret get|-o tsv)/i.exec(line)?.[0] ?? '';
  return /secret|passw|token|credential|key/i.test(asked);
}

function hasJsonHeader(token: string): boolean {
  const header = Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('latin1');
  return header.startsWith('{"') || header.startsWith('{ "') || header.startsWith('{\n');
}
