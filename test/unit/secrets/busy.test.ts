import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createDetector } from '#secrets/detector.ts';
import { families } from '#secrets/families.ts';
import type { SecretRule } from '#secrets/family.ts';
import { baitsOf } from '#test/harness/bait.ts';
import { hostileUnits } from '../../bench/scrub.ts';

const detect = createDetector();
const length = 60_000;

/**
 * `npm run bench -- scrub` holds them to ten times the usual time of states; beside code, which holds more names, they need at most five
 * times as long. Other tests run beside this one, so only what makes them some times slower is seen here.
 */
const mostTimes = 16;

const usual = timeOf('resource "aws_instance" "web" {\n  ami           = "ami-0abcd1234ef567890"\n  instance_type = "t3.small"\n  user_data = file("init.sh")\n  password = var.db_password\n}\n');

describe('it takes no more than some times as long as code does:', () => {
  test.each(Object.entries(hostileUnits))('%s', (_, unit) => {
    expect(timeOf(unit) / usual).toBeLessThan(mostTimes);
  });
});

/** What is sought once a line and not once a keyword is held closer: bait of every pattern was brought to eight times and less. */
const mostTimesOfBait = 25;

test('keywords before one flag share the search for it', () => {
  const keywords = 2_000;
  const detectCommands = createDetector({ families: families.filter(({ name }) => name === 'command-line') });
  const exec = vi.spyOn(RegExp.prototype, 'exec');
  onTestFinished(() => exec.mockRestore());

  for (const text of ['mysql'.repeat(keywords), `mysql -P"${'mysql'.repeat(keywords)}`, `redis-cli${' redis-cli'.repeat(keywords)} --pass x9-Kestrel`]) {
    exec.mockClear();
    detectCommands(text);

    expect(exec.mock.calls.length).toBeLessThan(keywords / 4);
  }
});

test('bait of the patterns that pass over much is no slower, and a sample of the bait of all others', () => {
  const passing = units(({ passingOver, needs }) => passingOver !== undefined || needs !== undefined).filter((_, index) => index % 4 === 0);
  const others = units(() => true).filter((_, index) => index % 61 === 0);

  const slow = [...passing, ...others].filter((unit) => timeOf(unit) / usual > mostTimesOfBait);

  expect(passing.length).toBeGreaterThan(50);
  expect(others.length).toBeGreaterThan(100);
  expect(slow).toEqual([]);
});

function units(isMeant: (rule: SecretRule) => boolean): readonly string[] {
  const rules = families.flatMap(({ rules: own = [] }) => own.filter(isMeant));
  return rules.flatMap(({ pattern, keywords }) => baitsOf(pattern, keywords[0] ?? '').map(({ unit }) => unit));
}

/** Of this thread on a processor, the least of a few goes where the first was long. */
function timeOf(unit: string): number {
  const text = unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
  const times = Array.from({ length: 3 }, () => {
    const start = process.threadCpuUsage();
    detect(text);
    const { user, system } = process.threadCpuUsage(start);
    return user + system;
  });
  return Math.max(500, Math.min(...times));
}
