import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'base64-text',
  same: [
    ['user data', 'aws_instance', { user_data: '#!/bin/sh\necho hello' }, { user_data: 'IyEvYmluL3NoCmVjaG8gaGVsbG8=' }],
    ['wrapped and unpadded', 'aws_instance', { user_data_base64: 'IyEvYmluL3NoCmVj\naG8gaGVsbG8=' }, { user_data_base64: 'IyEvYmluL3NoCmVjaG8gaGVsbG8' }],
  ],
  different: [
    ['other bytes', 'aws_instance', { user_data: '#!/bin/sh\necho hell' }, { user_data: 'IyEvYmluL3NoCmVjaG8gaGVsbG8=' }],
    ['too short to be sure', 'aws_x', { content: 'abcd' }, { content: 'i\u00b7\u001d' }],
    ['a tag', 'aws_x', { tags: { body: 'hello world' } }, { tags: { body: 'aGVsbG8gd29ybGQ=' } }],
  ],
};
