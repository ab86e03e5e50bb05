/** How long code of 8,000 characters in an argument takes to judge at worst: pieces that patterns stumble over, again and again. */
import { classify } from '#risk/classify.ts';

const tools = ['psql -c', 'mysql -e', 'awk', 'sed', 'mongosh --eval', 'python3 -c', 'sqlite3 db'];
const pieces = ['"', ' ', '\n', '$', '$a$', '/*', '*/', '/*!', '--', 'e ', '\ne', 's/', '/', '\\', 'printf ', 'print >', '>', '(', 'DELETE ', 'a ', 'UPDATE ', 'SET ', 'WHERE ', 'VACUUM ', 'COPY ', ';', '[', '{', 'db.a', '.find(', ')', 'socket', 'exec(', '1,', '!', '0', 'w ', 'EXPLAIN (', 'while ', 'fork ', 'system(', '"a",', '`', '|', 'ANALYZE '];

const commands = tools.flatMap((tool) => pieces.flatMap((first) => ['', ...pieces].map((second) => ({ tool, unit: first + second }))));
const slowest = commands
  .map(({ tool, unit }) => {
    const command = `${tool} '${unit.repeat(Math.floor(8_000 / unit.length))}'`;
    const begin = performance.now();
    classify(command);
    return { tool, unit, took: performance.now() - begin };
  })
  .toSorted((one, other) => other.took - one.took)
  .slice(0, 8);

process.stdout.write(`${commands.length} texts\n`);
for (const { tool, unit, took } of slowest) process.stdout.write(`${took.toFixed(0)} ms: ${tool} ${JSON.stringify(unit)} again and again\n`);
