import { expect, test } from 'vitest';
import { isOpen, isZone, parseOpening } from '#agent/runbook/policy/hours.ts';

function open(zone: string, opening: string, at: string): boolean {
  const parsed = parseOpening(opening);
  if (parsed === null) throw new Error(`${opening} is no opening`);
  return isOpen({ zone, open: [parsed] }, Date.parse(at));
}

test.each([
  ['UTC', 'mon-fri 09:00-17:00', '2026-11-24T09:00:00Z', true], // a Tuesday
  ['UTC', 'mon-fri 09:00-17:00', '2026-11-24T08:59:59Z', false],
  ['UTC', 'mon-fri 09:00-17:00', '2026-11-24T17:00:00Z', false],
  ['UTC', 'mon-fri 09:00-17:00', '2026-11-28T12:00:00Z', false],
  ['UTC', 'sat,sun 10:00-12:00', '2026-11-29T11:00:00Z', true],
  ['UTC', 'fri-mon 00:00-24:00', '2026-11-29T11:00:00Z', true],
  ['UTC', 'fri-mon 00:00-24:00', '2026-11-25T11:00:00Z', false],
  ['UTC', 'tue 22:00-04:00', '2026-11-24T23:00:00Z', true],
  ['UTC', 'tue 22:00-04:00', '2026-11-25T03:59:00Z', true],
  ['UTC', 'tue 22:00-04:00', '2026-11-24T03:59:00Z', false],
  ['UTC', 'daily 22:00-04:00', '2026-11-24T03:59:00Z', true],
  ['America/New_York', 'tue 09:00-17:00', '2026-11-24T14:30:00Z', true],
  ['America/New_York', 'tue 09:00-17:00', '2026-11-24T13:30:00Z', false],
  ['Europe/Vienna', 'tue 09:00-17:00', '2026-07-14T07:30:00Z', true], // summer time
  ['Europe/Vienna', 'tue 09:00-17:00', '2026-11-24T07:30:00Z', false],
  ['Pacific/Auckland', 'wed 00:00-01:00', '2026-11-24T11:30:00Z', true],
])('%s %s at %s: %s', (zone, opening, at, expected) => {
  expect(open(zone, opening, at)).toBe(expected);
});

test.each(['', 'mon', 'mon 9:00-17:00', 'mon 09:00-09:00', 'mon 24:00-01:00', 'mon 09:00-25:00', 'mon 09:60-10:00', 'mond 09:00-10:00', 'mon-tue-wed 09:00-10:00', 'mon,foo 09:00-10:00', 'MON 09:00-10:00'])('%j is no opening', (text) => {
  expect(parseOpening(text)).toBeNull();
});

test('without openings it is always open', () => {
  expect(isOpen({ zone: 'UTC', open: [] }, 0)).toBe(true);
});

test('zones are those of the IANA', () => {
  expect(['UTC', 'Europe/Vienna', 'Mars/Olympus', ''].map(isZone)).toEqual([true, true, false, false]);
});
