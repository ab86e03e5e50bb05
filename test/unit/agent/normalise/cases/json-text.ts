import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'json-text',
  same: [
    ['key order and white space', 'aws_x', { body: '{"a":1,"b":[1,2]}' }, { body: '{ "b": [1, 2],\n "a": 1 }' }],
    ['1.0 and 1', 'aws_x', { body: '{"a":1.0}' }, { body: '{"a":1}' }],
    ['a text against the value itself', 'AWS::X::Y', { Body: '{"a":1}' }, { Body: { a: 1 } }],
    ['JSON in JSON', 'aws_x', { body: '{"a":"{\\"b\\":1}"}' }, { body: '{"a":"{ \\"b\\": 1 }"}' }],
  ],
  different: [
    ['list order', 'aws_x', { body: '[1,2]' }, { body: '[2,1]' }],
    ['a number is not its text', 'aws_x', { body: '{"a":1}' }, { body: '{"a":"1"}' }],
    ['true is not its text', 'aws_x', { body: '{"a":true}' }, { body: '{"a":"true"}' }],
    ['null is not absent', 'aws_x', { body: '{"a":null}' }, { body: '{}' }],
    ['an empty list is not absent', 'aws_x', { body: '{"a":[]}' }, { body: '{}' }],
    ['long numbers keep their digits', 'aws_x', { body: '{"a":12345678901234567890}' }, { body: '{"a":12345678901234567891}' }],
    ['half a document is a text', 'aws_x', { body: '{"a":1' }, { body: '{"a": 1' }],
    ['case of keys', 'aws_x', { body: '{"a":1}' }, { body: '{"A":1}' }],
  ],
};
