import { bitsPerCharacter } from '../entropy.ts';
import { changeRate, isHex, isUuid } from '../looks.ts';

/** Shorter runs are found by the forms that their makers document. */
const minRun = 28;

/** The shortest random part of a token whose maker is not known. */
const minRandom = 24;

/** What may stand before a random part without making it a token: digests, ids, what tools generate. */
const plainHeads = new Set(
  `sha sha1 sha224 sha256 sha384 sha512 md5 crc32 uuid urn guid ami vol snap pvc pod job internal dualstack terraform tf image layer etag commit rev
  ref build hash digest sum checksum ip id ids arn version v run task trace span request req session msg message event evt cus
  price acct pi cs asset assets artifact upload file object node vpc subnet sg eni rtb igw nat eip lb alb nlb elb fw k8s gke eks aks projects data
  cluster stack cdk boundary etcd index`.split(/\s+/),
);

/** What says that a secret follows, so that a UUID or a digest behind it is one as well. */
const secretHeads = /^(?:[rs]k|ak|pat|tkn|token|secret|api|apikey|live|auth|access|priv|private|cred|[a-z]{1,5}(?:pat|api|token|key|secret))$/;

/** True where a run has the form that most tokens have taken: a short word that says what it is, an underscore or dash, and a long random part. */
export function isPrefixedToken(text: string, start: number, end: number, run: string): boolean {
  if (run.length < minRun) return isShortToken(run) && isAlone(text, start, end) && isLine(text, start, end);
  return hasForm(run) && isAlone(text, start, end) && isToken(run);
}

/** `fw_3ZSU8ymvmZ38YPv8uwbZ`: too short to be told from an id, but where it stands alone on a line. */
function isShortToken(run: string): boolean {
  const [, head = '', random = ''] = /^([a-z]{2,8})_([A-Za-z0-9]{18,})$/.exec(run) ?? [];
  return head !== '' && !plainHeads.has(head) && /[a-z]/.test(random) && /\d/.test(random) && !isHex(random) && changeRate(random) >= 0.3 && bitsPerCharacter(random) >= 3.3;
}

function isLine(text: string, start: number, end: number): boolean {
  return /(?:^|\n)["' \t]{0,8}$/.test(text.slice(Math.max(0, start - 9), start)) && /^["' \t]{0,8}(?:\r?\n|$)/.test(text.slice(end, end + 10));
}

function hasForm(run: string): boolean {
  const first = /^[A-Za-z][A-Za-z0-9]{0,16}[_-]/.exec(run);
  if (first === null) return false;
  const digits = run.slice(first[0].length - 1).replace(/\D/g, '').length;
  return digits >= 4 && digits * 10 >= run.length - first[0].length;
}

/** False inside paths, addresses, names of hosts and base64. */
function isAlone(text: string, start: number, end: number): boolean {
  return !/[.@/+]/.test(text[start - 1] ?? '') && !/^(?:\.[a-z]|[@+])/.test(text.slice(end, end + 2));
}

function isToken(run: string): boolean {
  const parts = run.split(/[_-]/);
  const words = wordsBefore(parts);
  if (words.length === 0) return false;
  const says = words.some((word) => secretHeads.test(word.toLowerCase()));
  if (!says && words.some((word) => plainHeads.has(word.toLowerCase()))) return false;
  const rest = run.slice(words.reduce((length, word) => length + word.length + 1, 0));
  if (isUuid(rest)) return says;
  if (!says && !hasRandomPart(rest.split(/[_-]/))) return false;
  const random = rest.replace(/[_-]/g, '');
  if (random.length < minRandom || !/\d/.test(random) || !/[A-Za-z]/.test(random)) return false;
  if (isHex(random)) return says ? random.length >= 32 : run.includes('_') && parts.length === words.length + 1 && random.length >= 32;
  const isMixed = /[a-z]/.test(random) && /[A-Z]/.test(random);
  if (!says && !run.includes('_') && !(isMixed && random.length >= 28)) return false;
  return bitsPerCharacter(random) >= 3.3 && changeRate(random) >= 0.28 && (isMixed || says || random.length >= 28);
}

/** False where words stand among what looks drawn: generated names of clouds are made of both. */
function hasRandomPart(parts: readonly string[]): boolean {
  return parts.some((part) => part.length >= 16) && !parts.some((part) => /^[A-Za-z]{4,}$/.test(part));
}

/** The first parts, at most four, that are words or short marks rather than drawn at random. */
function wordsBefore(parts: readonly string[]): readonly string[] {
  const words: string[] = [];
  for (const part of parts.slice(0, 4)) {
    if (part.length === 0 || part.length > 12 || (part.length > 5 && changeRate(part) > 0.25)) break;
    words.push(part);
  }
  return words.length === parts.length ? words.slice(0, -1) : words;
}
