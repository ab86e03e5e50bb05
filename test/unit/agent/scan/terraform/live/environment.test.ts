import { describe, expect, test } from 'vitest';
import { collectingLess } from '#agent/scan/terraform/live/environment.ts';

const gibibyte = 1024 ** 3;

describe('how often a plan collects its garbage', () => {
  test('is less where there is memory to spare', () => {
    expect(collectingLess({ PATH: '/bin' }, 8 * gibibyte)).toEqual({ PATH: '/bin', GOGC: '400' });
  });

  test('is as ever where there is little', () => {
    expect(collectingLess({ PATH: '/bin' }, 2 * gibibyte)).toEqual({ PATH: '/bin' });
  });

  test.each(['GOGC', 'GOMEMLIMIT'])('is what the caller says with %s', (name) => {
    expect(collectingLess({ [name]: '50' }, 8 * gibibyte)).toEqual({ [name]: '50' });
  });
});
