import type { ScalarTag, Tags } from 'yaml';
import { isExact } from '../../source/exact-number.ts';

/**
 * The YAML that CloudFormation reads: version 1.1 without its dates, bytes and sets, so that `2012-10-17` stays text
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html). Of the truth values it has no
 * `y` and `n`: those are the names of types. Digits behind a zero that are not octal, such as an account's, are text.
 */
export function inDialect(tags: Tags): Tags {
  return [...tags, nothing, truth, octal, bits, hexadecimal, whole, sixties, real];
}

const nothing: ScalarTag = { tag: 'tag:yaml.org,2002:null', default: true, test: /^(?:~|null|Null|NULL)?$/, resolve: () => null };

const truth: ScalarTag = {
  tag: 'tag:yaml.org,2002:bool',
  default: true,
  test: /^(?:true|True|TRUE|yes|Yes|YES|on|On|ON|false|False|FALSE|no|No|NO|off|Off|OFF)$/,
  resolve: (text) => /^(?:true|yes|on)$/i.test(text),
};

const octal = number('int', /^[-+]?0[0-7_]+$/, (digits) => Number.parseInt(digits, 8));
const bits = number('int', /^[-+]?0b[01_]+$/, (digits) => Number.parseInt(digits.slice(2), 2));
const hexadecimal = number('int', /^[-+]?0x[0-9a-fA-F_]+$/, (digits) => Number.parseInt(digits.slice(2), 16));
const whole = number('int', /^[-+]?(?:0|[1-9][0-9_]*)$/, decimal);
const sixties = number('int', /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/, (digits) => digits.split(':').reduce((value, part) => value * 60 + Number(part), 0));
const real = number('float', /^[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9_]+|[0-9][0-9_]*(?=[eE]))(?:[eE][-+]?[0-9]+)?$/, decimal);

/** What a double cannot hold stays as it is written. */
function number(type: 'int' | 'float', test: RegExp, read: (digits: string) => number | null): ScalarTag {
  return { tag: `tag:yaml.org,2002:${type}`, default: true, test, resolve };

  function resolve(text: string): number | string {
    const value = read(text.replaceAll('_', '').replace(/^[-+]/, ''));
    if (value === null || !Number.isFinite(value)) return text;
    return text.startsWith('-') && value !== 0 ? -value : value;
  }
}

function decimal(digits: string): number | null {
  const value = Number(digits);
  return isExact(digits, value) ? value : null;
}
