import { describe, expect, test } from 'vitest';
import { Fault } from '#proto/domain/fault.ts';
import { parseDocument } from '#agent/scan/terraform/source/read-document.ts';
import { parseJson } from '#agent/scan/source/parse-json.ts';

const state = '{"version":4,"serial":1,"lineage":"é","resources":[]}';

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof Fault ? error.code : 'no fault';
  }
  return 'nothing thrown';
}

describe('a state is read whatever its encoding', () => {
  const little = Buffer.from(state, 'utf16le');
  const big = Buffer.from(little).swap16();

  test.each([
    ['UTF-8', Buffer.from(state)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${state}`)],
    ['UTF-16 LE with a byte order mark', Buffer.from(`\ufeff${state}`, 'utf16le')],
    ['UTF-16 LE', little],
    ['UTF-16 BE with a byte order mark', Buffer.concat([Buffer.from([0xfe, 0xff]), big])],
    ['UTF-16 BE', big],
  ])('%s', (_, bytes) => {
    expect(parseDocument(bytes, 'x')).toMatchObject({ form: 'state', content: { lineage: 'é' } });
  });
});

describe('what is no state is refused for what it is', () => {
  test.each([
    ['source-empty', ''],
    ['source-empty', ' \n\t '],
    ['source-empty', '\0\0\0\0'],
    ['source-html', '<!DOCTYPE html><html><body>Sign in</body></html>'],
    ['source-html', '\n<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'],
    ['source-truncated', state.slice(0, 30)],
    ['source-truncated', '{"version":4,"resources":[{"type":"a'],
    ['source-not-json', '{"version":4,,}'],
    ['source-not-json', 'I am not JSON'],
    ['source-nested', `{"version":4,"x":${'['.repeat(600)}${']'.repeat(600)}}`],
    ['source-nested', `{"version":4,"x":${'['.repeat(1_000_000)}`],
    ['source-unknown-shape', '[]'],
    ['source-unknown-shape', 'null'],
    ['source-unknown-shape', '{"hello":"world"}'],
    ['source-unknown-shape', '{"format_version":"1.0","provider_schemas":{}}'],
    ['plan-log', '{"@level":"info","@message":"Terraform 1.9"}\n{"@level":"info"}'],
    ['state-encrypted', '{"encryption_version":"v0","meta":{},"encrypted_data":"eA=="}'],
    ['state-encrypted', '{"serial":3,"lineage":"x","encryption_version":"v0","meta":{},"encrypted_data":"eA=="}'],
    ['state-pointer', '{"version":3,"terraform_version":"1.9.0","backend":{"type":"s3","config":{"secret_key":"hunter2"}}}'],
  ])('%s: %.60s', (code, text) => {
    expect(codeOf(() => parseDocument(Buffer.from(text), 'x'))).toBe(code);
  });

  test('bytes that are no text', () => {
    expect(codeOf(() => parseDocument(Buffer.from([0x1f, 0x8b, 0x08, 0xff, 0xfe]), 'x'))).toBe('source-not-text');
    expect(codeOf(() => parseDocument(Buffer.from('PK\x03\x04rest'), 'x'))).toBe('plan-binary');
  });

  test('with the place, and without a word of the content', () => {
    const text = '{\n  "password": "hunter2" oops\n}';

    expect(() => parseDocument(Buffer.from(text), 'x')).toThrow(/line: 2, column: 25/);
    expect(() => parseDocument(Buffer.from(text), 'x')).not.toThrow(/hunter2/);
  });
});

test('numbers that a double cannot hold keep their digits', () => {
  const text = '{"a":9007199254740993,"b":[-12345678901234567890],"c":0.12345678901234567890123,"d":1e400,"e":9007199254740991,"f":1.10,"g":0.30000000000000004}';

  expect(parseJson(text, 'x')).toEqual({
    a: '9007199254740993',
    b: ['-12345678901234567890'],
    c: '0.12345678901234567890123',
    d: '1e400',
    e: 9_007_199_254_740_991,
    f: 1.1,
    g: 0.300_000_000_000_000_04,
  });
});

test('keys that name a prototype are kept as keys and pollute nothing', () => {
  const value = parseJson('{"__proto__":{"polluted":true},"big":12345678901234567890}', 'x');

  expect(Object.hasOwn(Object(value), '__proto__')).toBe(true);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('of duplicate keys the last wins, as with terraform', () => {
  expect(parseJson('{"a":1,"a":2}', 'x')).toEqual({ a: 2 });
});
