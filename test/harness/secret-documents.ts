import fc from 'fast-check';
import { stringify } from 'yaml';

const names = fc.constantFrom('password', 'name', 'value', 'token', 'db_password', 'data', 'kind', 'url', 'user_data', 'sensitive', 'env', 'auth', 'key', 'secret "x"');
const values = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 24 }),
  fc.constantFrom('Secret', 'DB_PASSWORD', 'hunter-2-Kestrel', 'postgres://app:Tr4iler-Mist@db:5432/x', 'a "quoted" \\ back\\nslash', `ghp_${'aB3dE5'.repeat(6)}`, 'password=Tr4il"er\\Mist\n', `-----BEGIN ${'PRIVATE'} KEY-----\nMIIEowIBAAKCAQEAx7Jk\n-----END`, '{"password":"Tr4il\\"er"}'),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);

/** Values of JSON in which names say secret, and strings look like secrets, are broken, or hold JSON themselves. */
export const { document: secretDocuments } = fc.letrec<{ document: unknown; leaf: unknown }>((tie) => ({
  leaf: values,
  document: fc.oneof({ depthSize: 'small' }, tie('leaf'), fc.dictionary(names, tie('document'), { maxKeys: 5 }), fc.array(tie('document'), { maxLength: 4 })),
}));

/** The same, written as JSON on one line, as JSON with indents, or as YAML. */
export const writtenDocuments = fc
  .tuple(secretDocuments, fc.constantFrom((value: unknown) => JSON.stringify(value), (value: unknown) => JSON.stringify(value, null, 2), (value: unknown) => stringify(value)))
  .map(([value, write]) => write(value));
