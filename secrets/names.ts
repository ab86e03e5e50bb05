/** What a field's name says of its value: `secret` surely, `perhaps` only where the value looks like one, `public` never. */
export type NameVerdict = 'secret' | 'perhaps' | 'public' | 'unknown';

/** What a name that may hold a secret has in it; the keywords by which names are found in text. */
export const nameWords = [
  'pass', 'pwd', 'secret', 'token', 'key', 'auth', 'cred', 'cookie', 'session', 'salt', 'dsn', 'psk', 'jwt', 'bearer', 'hook', 'mnemonic',
  'license', 'licence', 'community', 'nonce', 'kennwort', 'contrasena', 'senha', 'connectionstr', 'connection_str', 'connection-str', 'connection str',
  'connstr', 'conn_str', '_api', '_pat', '_pin', '_otp', '_sas', '_seed', '_pw', 'api:', 'api=', 'pat:', 'pat=', 'pat ', 'pin:', 'pin=', 'otp:', 'otp=', 'sas:', 'sas=', 'sas_', 'seed:', 'seed=', 'seed"', 'pw:',
  'pw=', 'bindpw', 'rootpw', 'userpw', 'cvv', 'totp', 'recovery', 'backup_code', 'backup code', 'backupcode', 'verification', 'security_code', 'securitycode', 'private=', 'private-', 'private.', 'private ',
  ' access ', 'access=', 'access-', 'access code', 'api_', 'hmac',
] as const;

/** Names seen before are remembered up to this many, since a state repeats a few names a million times. */
const maxRemembered = 4_096;

/** Finds a vendor's word in a name, at the beginning of one of the name's words. */
export function createVendorFinder(vendors: ReadonlySet<string>): (name: string) => boolean {
  const longest = Math.max(0, ...[...vendors].map((vendor) => vendor.length));
  const remembered = new Map<string, boolean>();
  return (name) => {
    const known = remembered.get(name);
    if (known !== undefined) return known;
    const verdict = hasVendor(name);
    if (remembered.size >= maxRemembered) remembered.clear();
    remembered.set(name, verdict);
    return verdict;
  };

  function hasVendor(name: string): boolean {
    const words = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase().split(/[^a-z0-9]+/);
    return words.some((word, at) => {
      const rest = words.slice(at).join('').slice(0, longest);
      for (let length = rest.length; length >= 3; length -= 1) {
        if (vendors.has(rest.slice(0, length)) && (length >= 6 || length === word.length)) return true;
      }
      return false;
    });
  }
}

/** True where the name is about something rather than the thing: its id, url, count. */
export function isAbout(name: string): boolean {
  const last = splitName(name).at(-1) ?? '';
  return aboutWords.has(last);
}

/** A judge with its own memory; what a customer calls secret or plain has the last word. */
export function createNameJudge(secret: readonly string[] = [], plain: readonly string[] = []): (name: string) => NameVerdict {
  const remembered = new Map<string, NameVerdict>();
  const calledSecret = new Set(secret.map((name) => name.toLowerCase()));
  const calledPlain = new Set(plain.map((name) => name.toLowerCase()));
  return (name) => {
    const known = remembered.get(name);
    if (known !== undefined) return known;
    const verdict = decide(name);
    if (remembered.size >= maxRemembered) remembered.clear();
    remembered.set(name, verdict);
    return verdict;
  };

  function decide(name: string): NameVerdict {
    const lower = name.toLowerCase();
    if (calledPlain.has(lower)) return 'public';
    return calledSecret.has(lower) ? 'secret' : judge(splitName(name));
  }
}

/** `MasterUserPassword`, `master-user-password` and `master.userPassword` become the same words. */
export function splitName(name: string): readonly string[] {
  const parts = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  return parts.filter((part) => part !== '');
}

/** A value under a name with one of these words is secret. */
const secretWords = new Set(
  `password passwords passwd pw bindpw rootpw userpw tokenkey passwort pwd passphrase passcode pass pword userpass secret secrets token tokens apikey
  apitoken apisecret appkey credential credentials cred creds privatekey secretkey accesstoken authtoken clientsecret
  accesskey masterkey psk totp otp mfa jwt bearer authkey dbpass rootpass mysqlpass adminpass keypass storepass
  sharedkey signingkey encryptionkey licensekey connectionstring connstr kennwort contrasena senha motdepasse`.split(/\s+/),
);

/** Two neighbours that say secret together. */
const secretPairs = new Set(
  `api key,app key,application key,private key,access key,account key,shared key,storage key,master key,encryption key,
  signing key,auth key,auth string,auth pass,authentication key,authorization key,secret key,session key,license key,licence key,unseal key,
  unseal keys,recovery key,recovery keys,recovery code,recovery codes,backup codes,service key,integration key,
  ingestion key,ingest key,write key,deploy key,root key,data key,crypto key,cookie key,seal key,primary key,secondary key,
  connection string,conn str,shared access,sas key,sas url,client key,server key,tls key,ssl key,ssh key,host key,pre shared,
  preshared key,pem key,key pem,key data,key material,enroll key,enrollment key,bot key,admin key,user key,query key,
  routing key,community string,webhook url,hook url,webhook uri,one time,join key,activation key,decryption key,hmac key,
  cipher key,subscription key,rest key,rest api,master secret,aes key,rsa key,wrapping key,key password,keystore pass,key base,function key,functions key,gossip key,
  cookie secret,install key,project key,live key,test key,prod key,merchant key,transaction key,wep key,wpa key,sync key,
  license code,security code,card number,verification code`.split(/,\s*/),
);

/** As the last words these turn the name into one about the secret: its address, age, shape. */
const aboutWords = new Set(
  `arn arns id ids name names ttl path paths file files filename filepath dir directory folder url urls uri uris endpoint
  endpoints host hostname port type types kind length len size sizes version versions policy policies enabled enable
  disabled disable expiry expires expired expiration expire rotation rotate rotated count counts limit limits strategy algorithm
  algo alg format formats ref refs reference references required optional lifetime duration period periods age days hours
  minutes seconds secs ms issuer audience scope scopes provider providers method methods mode modes prefix suffix
  description label labels status state states created updated changed modified last at date time timestamp by user
  username users region regions location source sources template templates change changes reset resets update updates
  validation validator manager engine store stores mount backend backends class interval timeout usage used use
  configured present exists set specified valid invalid needed regex pattern charset characters chars complexity
  history reuse attempts threshold field fields column header headers parameter parameters param params property
  properties attribute attributes claim claims selector selectors annotations spec specs schema index indexes
  link links page service services group groups role roles account accounts owner domain vault vaults
  generator generation generated supported auth authentication method bucket digest checksum fingerprint thumbprint
  certificate cert certs help hint prompt placeholder example title text display message error errors log logs
  function functions handler operation operations request requests response responses create delete get list read write
  option options config configuration configs settings setting rule rules action actions event events resource resources
  input output outputs test tests spec management managed support agent agents driver drivers lookup
  wo override hops processed total per budget window`.split(/\s+/),
);

/** Whole names, words joined by a blank, that never hold a secret although a word of them says so. */
const publicNames = new Set(
  `public key,public keys,key name,key names,key id,key ids,key pair,key pairs,key vault,key usage,key spec,key size,key type,
  key algorithm,key version,kms key,kms keys,ssh public key,next token,page token,next page token,continuation token,
  continue token,sync token,cancellation token,cancel token,http tokens,max tokens,min tokens,total tokens,prompt tokens,
  completion tokens,input tokens,output tokens,sort key,hash key,partition key,range key,object key,foreign key,
  csrf token name,client request token,idempotency token,change token,automount service account token,
  imds tokens,output key,parameter key,logical key,pass through,by pass,pass count,passes,secrets manager,secret manager,image pull secrets,pull secret,
  secret store,secret name,secret key ref,key ref,secret ref,token review,token request,primary key,secondary key`.split(/,\s*/),
);

/** Names that hold secrets only sometimes: judged by the value as well. */
const perhapsWords = new Set(
  `auth authorization key keys pin salt pepper nonce seed cookie cookies session cipher dsn webhook hook
  keystore jks pfx oauth basic pat sid sas license api`.split(/\s+/),
);

const publicWords = new Set('public pub kms cmk ami vpc subnet image fingerprint thumbprint checksum digest sha etag md crc'.split(' '));

/** `pgpassword`, `dbpasswd`, `clientsecret`: words that people write together. */
function isCompound(word: string): boolean {
  return /^[a-z]{2,24}(?:password|passwd|passphrase|apikey|secretkey|privatekey|accesskey|authtoken|accesstoken|apitoken|secret|token)$/.test(word) && !/^(?:page|next|nextpage|continuation|continue|sync|cancel|cancellation|change|last|first|current|previous|prev|end|start|node|this|max|min|is|to|peek|push|parse)token$/.test(word);
}

/** `uclassifykey`, `mapsaccess`: a word and `key`, where no word of the language ends so. */
function isKeyCompound(word: string): boolean {
  return /^[a-z]{4,24}(?:key|access)$/.test(word) && !/^(?:monkey|turkey|donkey|jockey|hockey|whiskey|hotkey|primarykey|foreignkey|sortkey|hashkey|cachekey|partitionkey|rangekey|objectkey|publickey|groupkey|mapkey|rowkey|lookupkey|datakey|passkey)$/.test(word);
}

function judge(words: readonly string[]): NameVerdict {
  const last = words.at(-1);
  if (last === undefined) return 'unknown';
  const name = words.join(' ');
  const tail = words.slice(-2).join(' ');
  if (publicNames.has(name)) return 'public';
  const secret = words.some((word) => secretWords.has(word) || isCompound(word)) || words.some((word, at) => secretPairs.has(`${word} ${words[at + 1] ?? ''}`));
  if (secret) {
    if (publicNames.has(tail) && !secretPairs.has(tail)) return 'public';
    if (aboutWords.has(last) && !secretPairs.has(tail)) return 'public';
    if (words.some((word) => publicWords.has(word)) && !words.some((word) => word.startsWith('pass') || word === 'secret')) return 'public';
    return 'secret';
  }
  if (words.some((word) => perhapsWords.has(word)) && !aboutWords.has(last)) return 'perhaps';
  return last === 'access' || (last === 'private' && words.length > 1) || isKeyCompound(last) ? 'perhaps' : 'unknown';
}
