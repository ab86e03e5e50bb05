import { createHash } from 'node:crypto';
import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'text-hash',
  same: [
    ['SHA-1 of user data', 'aws_instance', { user_data: '#!/bin/sh\necho hello' }, { user_data: createHash('sha1').update('#!/bin/sh\necho hello').digest('hex') }],
  ],
  different: [
    ['another hash', 'aws_instance', { user_data: '#!/bin/sh\necho hello' }, { user_data: createHash('sha1').update('#!/bin/sh\necho hellO').digest('hex') }],
    ['another attribute', 'aws_instance', { comment: 'abc' }, { comment: createHash('sha1').update('abc').digest('hex') }],
  ],
};
