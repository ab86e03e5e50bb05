import { createHash } from 'node:crypto';
import { isList, isObject, type Json, type JsonObject, type Path } from '#proto/domain/json.ts';

/** Marks an object that stands for a special value (pulumi sdk, resource.SigKey). */
const signatureKey = '4dabf18193072939515e22adb298388d';

const signatures = {
  '1b47061264138c4ac30d75fd1eb44270': 'secret',
  c44067f5952c0a294b673a41bacd8c17: 'asset',
  '0def7320c3a5731c473e5ecbe6d01bc7': 'archive',
  '5cf8f73096256a8f31e491e813e4eb8e': 'resource',
  d0e6a833031e9bbcd3f4e8bde6ca49a4: 'output',
} as const;

/** What the CLI writes in previews for a value that is known only after the update. */
const unknownMark = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** What the CLI prints where it will not print a secret. */
const hiddenMark = '[secret]';

/** Bookkeeping of bridged and dynamic providers, not properties of the resource: at the top every name of that kind, since Pulumi reserves them. */
const bookkeeping = new Set(['__defaults', '__meta', '__pulumi_raw_state_delta', '__internal', '__inputs', '__initialApiVersion', '__fieldManager']);

function isBookkeeping(key: string, at: Path): boolean {
  return bookkeeping.has(key) || (at.length === 0 && key.startsWith('__'));
}

/** Properties with their special values opened, and where the secret and the undecidable ones lie. */
export interface Opened {
  readonly values: JsonObject;
  readonly sensitive: readonly Path[];
  readonly unknown: readonly Path[];
  /** Where assets and archives are: what others write there is no hash. */
  readonly content: readonly Path[];
}

/**
 * Opens a resource's inputs or outputs: secrets in clear text become their value, marked sensitive; encrypted ones are
 * both sensitive and unknown, because two encryptions of one value differ; assets and archives become their hash,
 * resource references their URN and id, output values what they hold.
 */
export function openProperties(properties: JsonObject): Opened {
  const sensitive: Path[] = [];
  const unknown: Path[] = [];
  const content: Path[] = [];
  return { values: openFields(properties, []), sensitive, unknown, content };

  function openFields(object: JsonObject, at: Path): JsonObject {
    const fields = Object.entries(object).filter(([key]) => !isBookkeeping(key, at));
    return Object.fromEntries(fields.map(([key, value]) => [key, open(value, [...at, key])]));
  }

  function open(value: Json, at: Path): Json {
    if (isList(value)) return value.map((item, index) => open(item, [...at, index]));
    if (isObject(value)) return Object.hasOwn(value, signatureKey) ? openSpecial(value, at) : openFields(value, at);
    if (value === unknownMark) unknown.push(at);
    if (value === hiddenMark) hide(at);
    return value;
  }

  function openSpecial(value: JsonObject, at: Path): Json {
    const signature = value[signatureKey];
    const kind = typeof signature === 'string' && Object.hasOwn(signatures, signature) ? signatures[signature as keyof typeof signatures] : null;
    if (kind === 'secret') return openSecret(value, at);
    if (kind === 'asset' || kind === 'archive') return openContent(value, at);
    if (kind === 'resource') return { urn: value['urn'] ?? null, id: value['id'] ?? null };
    if (kind === 'output') return openOutput(value, at);
    unknown.push(at); // a signature of a later version: what it means cannot be compared
    return null;
  }

  /** Content is known by its hash; by a path or an address alone it is not. */
  function openContent({ hash, text, assets = null }: JsonObject, at: Path): Json {
    content.push(at);
    if (typeof hash === 'string' && hash !== '') return hash;
    if (typeof text === 'string') return createHash('sha256').update(text).digest('hex'); // as Pulumi makes it
    if (isObject(assets)) return openFields(assets, at);
    unknown.push(at);
    return null;
  }

  function openSecret(value: JsonObject, at: Path): Json {
    const plain = value['plaintext'];
    if (typeof plain !== 'string') {
      hide(at);
      return typeof value['ciphertext'] === 'string' ? value['ciphertext'] : null;
    }
    sensitive.push(at);
    return open(parsed(plain), at);
  }

  function openOutput(value: JsonObject, at: Path): Json {
    if (value['secret'] === true) sensitive.push(at);
    const held = value['value'];
    if (held !== undefined) return open(held, at);
    unknown.push(at);
    return null;
  }

  function hide(at: Path): void {
    sensitive.push(at);
    unknown.push(at);
  }
}

/** The plain text of a secret is itself JSON; older versions wrote it bare. */
function parsed(plain: string): Json {
  try {
    return JSON.parse(plain) as Json;
  } catch {
    return plain;
  }
}
