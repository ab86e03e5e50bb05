import { describe, expect, test } from 'vitest';
import { isSelector, selects } from '#agent/scan/kubernetes/label-selector.ts';

const labels = { app: 'web', tier: 'front', 'example.com/team': 'shop' };

describe('a label selector', () => {
  test.each([
    ['app=web', true], ['app==web', true], ['app!=web', false], ['app!=api', true], ['absent!=x', true], ['absent=', false],
    ['tier in (front, back)', true], ['tier in (back)', false], ['tier notin (back)', true], ['absent notin (x)', true], ['absent in (x)', false],
    ['app', true], ['!app', false], ['!absent', true], ['example.com/team=shop', true],
    ['app=web,tier in (front,back),!legacy', true], ['app=web,tier=back', false],
  ])('%s', (text, expected) => {
    expect(isSelector(text)).toBe(true);
    expect(selects(text, labels)).toBe(expected);
  });

  test.each(['', ' ', 'app=web,', 'a b', 'app in ()x', 'app in (a', 'app=web;rm', '=x', '!', 'app=a=b', 'a&b=c'])('%j is refused', (text) => {
    expect(isSelector(text)).toBe(false);
  });

  test('the names of an object itself are no labels', () => {
    expect(selects('constructor', {})).toBe(false);
    expect(selects('__proto__', {})).toBe(false);
  });
});
