import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAtLeast, risks, type Risk } from '#proto/domain/risk.ts';
import { classify } from '#risk/classify.ts';
import { commands, spellings, wrap, wrappers } from './disguises.ts';

const all = risks.flatMap((risk) => (risk === 'read_only' ? [] : commands[risk].map((command) => ({ command, risk }))));

test.each(all)('$command is $risk', ({ command, risk }) => {
  expect(classify(command).risk).toBe(risk);
});

test('no wrapper makes a command look less than it is', () => {
  const lowered = wrappers.flatMap((wrapper) => all.map(({ command, risk }) => ({ text: wrap(wrapper, command), risk }))).filter(({ text, risk }) => !isAtLeast(classify(text).risk, risk));

  expect(lowered.map(({ text }) => text)).toEqual([]);
});

test('no spelling of a word makes a command look less than it is', () => {
  const lowered = all.flatMap(({ command, risk }) =>
    spellings.flatMap((spell) => command.split(' ').map((word, index, words) => [...words.slice(0, index), spell(word), ...words.slice(index + 1)].join(' '))).filter((text) => !isAtLeast(classify(text).risk, risk)),
  );

  expect(lowered).toEqual([]);
});

test('wrappers and spellings on top of one another do not help either', () => {
  const plain = wrappers.filter((wrapper) => !/["'`]/.test(wrapper));
  const wraps = fc.array(fc.constantFrom(...plain), { minLength: 1, maxLength: 3 }).filter(isWhole);
  const stacked = fc.record({ one: fc.constantFrom(...all), wraps, spell: fc.constantFrom(...spellings) });

  fc.assert(
    fc.property(stacked, ({ one: { command, risk }, wraps, spell }) => {
      const [name = '', ...rest] = command.split(' ');
      const text = wraps.reduce((inner, wrapper) => wrap(wrapper, inner), [spell(name), ...rest].join(' '));
      fc.pre(!/\(\((?!1\+)/.test(text)); // two round brackets are arithmetic
      expect({ text, isLess: !isAtLeast(classify(text).risk, isUndecided(text) || isNoCode(text) ? worst(risk) : risk) }).toEqual({ text, isLess: false });
    }),
    { numRuns: 2_000 },
  );

  /** What stands behind a heredoc would be on the line that ends it, which then ends nothing. */
  function isWhole(wraps: readonly string[]): boolean {
    return wraps.slice(0, -1).every((wrapper) => !wrapper.includes('<<'));
  }

  /** Deep in one another, what a substitution prints is not always known: then it is dangerous, not forbidden. */
  function isUndecided(text: string): boolean {
    return /\$\(|`/.test(text);
  }

  /** A wrapper around a loop is no shell code, and what is no shell code is dangerous. */
  function isNoCode(text: string): boolean {
    return classify(text).reasons.some(({ rule }) => rule === 'not-parsed' || rule === 'unknown-program' || rule === 'too-deep');
  }
});

test('a variable that holds the command gives it away', () => {
  for (const { command, risk } of all) {
    const [name = '', ...rest] = command.split(' ');
    for (const text of [`X=${name}; $X ${rest.join(' ')}`, `X='${command}'; $X`, `X='${command}'; eval "$X"`, `A=${name.slice(0, 1)}; B=${name.slice(1)}; $A$B ${rest.join(' ')}`, `set -- ${command}; "$@"`, `export X=${name}; sh -c "$X ${rest.join(' ')}"`]) {
      expect({ text, isLess: !isAtLeast(classify(text).risk, text.includes('"$@"') ? worst(risk) : risk) }).toEqual({ text, isLess: false });
    }
  }
});

test('a script is as risky as its riskiest part', () => {
  const part = fc.constantFrom(...all.map(({ command }) => command), 'uptime', 'kubectl get pods', 'echo rm -rf /', 'df -h | grep sda', "grep -n 'drop table' notes.md");
  const joint = fc.constantFrom('; ', ' && ', ' || ', '\n', ' | ');

  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), joint, (parts, between) => {
      const whole = risks.indexOf(classify(parts.join(between)).risk);
      const highest = Math.max(...parts.map((command) => risks.indexOf(classify(command).risk)));
      expect(whole).toBeGreaterThanOrEqual(highest);
      expect(whole).toBeLessThanOrEqual(between === ' | ' ? risks.length : highest);
    }),
  );
});

test('data is not a command, whatever it says', () => {
  const harmless = ["grep -rn 'rm -rf /' docs", 'echo "kubectl delete ns prod"', "printf '%s' 'reboot'", '# rm -rf /', "cat <<'E'\nrm -rf /\nE", "jq '.[] | select(.cmd == \"reboot\")' f.json", "awk '/shutdown -h/ {print $2}' f", "sed -n '/rm -rf/p' f", "kubectl get pods -l 'app=delete'", "psql -c \"select 'drop table x'\"", 'git log --grep="rm -rf"'];

  expect(harmless.filter((command) => classify(command).risk !== 'read_only')).toEqual([]);
});

function worst(risk: Risk): Risk {
  return risk === 'forbidden' ? 'dangerous' : risk;
}
