import { describe, expect, test } from 'vitest';
import { createDetector } from '#secrets/detector.ts';
import { families } from '#secrets/families.ts';
import { baitsOf } from '#test/harness/bait.ts';
import { hostileUnits } from '../../bench/scrub.ts';

const detect = createDetector();
const length = 60_000;

/**
 * `npm run bench -- scrub` holds them to ten times the usual time; here only what grows with the square of a window is sought, since other
 * tests run beside this one.
 */
const mostTimes = 80;

const usual = timeOf('resource "aws_instance" "web" {\n  ami           = "ami-0abcd1234ef567890"\n  instance_type = "t3.small"\n  user_data = file("init.sh")\n  password = var.db_password\n}\n');

describe('it takes no more than some times as long as code does:', () => {
  test.each(Object.entries(hostileUnits))('%s', (_, unit) => {
    expect(timeOf(unit) / usual).toBeLessThan(mostTimes);
  });
});

test('bait of the patterns that pass over much is no slower', () => {
  const rules = families.filter(({ name }) => name === 'command-line' || name === 'printed-secret' || name === 'piped-secret').flatMap(({ rules: own = [] }) => own);
  const units = rules.flatMap(({ pattern, keywords }) => baitsOf(pattern, keywords[0] ?? '').map(({ unit }) => unit)).filter((_, index) => index % 9 === 0);

  const slow = units.filter((unit) => timeOf(unit) / usual > mostTimes);

  expect(units.length).toBeGreaterThan(50);
  expect(slow).toEqual([]);
});

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
