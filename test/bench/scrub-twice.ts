/**
 * Looks for texts that scrubbing a second time changes: `node test/bench/scrub-twice.ts [--cases=1000000] [--shard=0/1]`. Half
 * of them are documents, half are lines of tools with passwords of every make in them, cut and joined. Shards have seeds
 * of their own, so that each looks at others.
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { createScrubber } from '#agent/scrub/scrubber.ts';
import { writtenDocuments } from '#test/harness/secret-documents.ts';
import { shapes } from '../unit/secrets/shapes.ts';

const { values: options } = parseArgs({ options: { cases: { type: 'string', default: '1000000' }, shard: { type: 'string', default: '0/1' } } });
const [shard = 0, shards = 1] = options.shard.split('/').map(Number);
const cases = Math.ceil(Number(options.cases) / shards);
const scrubber = createScrubber({ key: new Uint8Array(32) });

const alphanumeric = fc.string({ unit: fc.constantFrom(...'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'.split('')), minLength: 4, maxLength: 40 });
const password = fc.oneof(alphanumeric, fc.string({ unit: 'grapheme-ascii', minLength: 4, maxLength: 20 }), fc.base64String({ minLength: 8, maxLength: 60 }), fc.constantFrom('Tr4iler-Mist', 'correct horse7', '${VAR}', 'changeme'));
const filledShape = fc.tuple(fc.constantFrom(...Object.values(shapes)), password).map(([shape, value]) => shape.replaceAll(/[§¶ßœ€‡þÆ]/g, () => value));
const joined = fc.array(fc.tuple(filledShape, fc.nat(40), fc.nat(400)).map(([text, from, length]) => text.slice(from % 3 === 0 ? from : 0, from + 20 + length)), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(''));

const changed: string[] = [];
fc.assert(
  fc.property(fc.oneof(writtenDocuments, joined), (text) => {
    const once: string = scrubber.text(text).text;
    const again: string = scrubber.text(once).text;
    if (again !== once && changed.length < 40) changed.push(`${JSON.stringify(text)}\n   once  ${JSON.stringify(once)}\n   twice ${JSON.stringify(again)}`);
    return true;
  }),
  { numRuns: cases, seed: 1_000 + shard },
);
process.stdout.write(`shard ${shard} of ${shards}: ${cases} texts, ${changed.length} changed by a second time\n`);
for (const text of changed) process.stdout.write(`${text}\n`);
process.exitCode = changed.length > 0 ? 1 : 0;
