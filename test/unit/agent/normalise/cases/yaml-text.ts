import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'yaml-text',
  same: [
    ['quotes and indentation', 'helm_release', { values: 'a:\n  b: "x"\nc: [1, 2]\n' }, { values: 'c:\n- 1\n- 2\na: {b: x}\n' }],
    ['comments', 'aws_x', { spec: '# hello\na: b\n' }, { spec: 'a: b\n' }],
    ['several documents', 'aws_x', { manifest: 'a: 1\n---\nb: 2\n' }, { manifest: '---\na:   1\n---\nb:   2\n' }],
    ['JSON on one side', 'aws_api_gateway_rest_api', { body: '{"openapi":"3.0.1","paths":{}}' }, { body: 'openapi: 3.0.1\npaths: {}\n' }],
  ],
  different: [
    ['a text is not a number', 'aws_x', { spec: 'a: "1"\n' }, { spec: 'a: 1\n' }],
    ['versions keep their zero', 'aws_x', { spec: 'version: 1.10\n' }, { spec: 'version: 1.1\n' }],
    ['the first line of cloud-init', 'aws_x', { spec: '#cloud-config\na: b\n' }, { spec: '#cloud-boothook\na: b\n' }],
    ['a script is no YAML', 'aws_x', { script: '#!/bin/sh\n# one\na: b\n' }, { script: '#!/bin/sh\n# two\na: b\n' }],
    ['list order', 'aws_x', { spec: '- a\n- b\n' }, { spec: '- b\n- a\n' }],
    ['plain words', 'aws_x', { text: 'hello  world' }, { text: 'hello world' }],
    ['JSON of other values', 'aws_api_gateway_rest_api', { body: '{"openapi":"3.0.1","a":1}' }, { body: 'openapi: 3.0.1\na: "1"\n' }],
  ],
};
