import type { ScalarTag, Tags } from 'yaml';

/**
 * The YAML that Kubernetes reads (go-yaml 2, as kubectl, Helm and kustomize have it): YAML 1.2 as its library has it, and
 * of YAML 1.1 the truth values `yes`, `on`, `y` and their opposites, `0644` as an octal, `0b11`, and `1_000`.
 */
export function inDialect(tags: Tags): Tags {
  return [truth, octal, bits, grouped, binary, ...tags];
}

const truth: ScalarTag = {
  tag: 'tag:yaml.org,2002:bool',
  default: true,
  test: /^(?:y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)$/,
  resolve: (text) => /^(?:y|on)/i.test(text),
};

const octal: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^[-+]?0o?[0-7][0-7_]*$/,
  resolve: (text) => signed(text, (digits) => Number.parseInt(digits.replace('o', ''), 8)),
};

const bits: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^[-+]?0b[01_]+$/,
  resolve: (text) => signed(text, (digits) => Number.parseInt(digits.slice(2), 2)),
};

const grouped: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  test: /^[-+]?[1-9][0-9]*_[0-9_]*(?:\.[0-9_]*)?$/,
  resolve: (text) => signed(text, Number),
};

/** Bytes become the text that they are. */
const binary: ScalarTag = {
  tag: 'tag:yaml.org,2002:binary',
  resolve: (text) => Buffer.from(text, 'base64').toString('utf8'),
};

function signed(text: string, read: (digits: string) => number): number {
  const value = read(text.replaceAll('_', '').replace(/^[-+]/, ''));
  return text.startsWith('-') ? -value : value;
}
