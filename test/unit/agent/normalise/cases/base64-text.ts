import { gzipSync } from 'node:zlib';
import type { RuleCases } from '../rule-cases.ts';

const packed = (text: string, level: number): string => gzipSync(text, { level }).toString('base64');

export const cases: RuleCases = {
  rule: 'base64-text',
  same: [
    ['user data', 'aws_instance', { user_data: '#!/bin/sh\necho hello' }, { user_data: 'IyEvYmluL3NoCmVjaG8gaGVsbG8=' }],
    ['wrapped and unpadded', 'aws_instance', { user_data_base64: 'IyEvYmluL3NoCmVj\naG8gaGVsbG8=' }, { user_data_base64: 'IyEvYmluL3NoCmVjaG8gaGVsbG8' }],
    ['packed again', 'aws_launch_template', { user_data: packed('#!/bin/sh\necho hi\n', 1) }, { user_data: packed('#!/bin/sh\necho hi\n', 9) }],
    ['the newline at its end', 'AWS::EC2::Instance', { UserData: Buffer.from('#!/bin/sh\necho hi\n').toString('base64') }, { UserData: Buffer.from('#!/bin/sh\r\necho hi').toString('base64') }],
  ],
  different: [
    ['a newline inside', 'AWS::EC2::Instance', { UserData: Buffer.from('#!/bin/sh\necho hi\n').toString('base64') }, { UserData: Buffer.from('#!/bin/sh\n\necho hi\n').toString('base64') }],
    ['other bytes', 'aws_instance', { user_data: '#!/bin/sh\necho hell' }, { user_data: 'IyEvYmluL3NoCmVjaG8gaGVsbG8=' }],
    ['too short to be sure', 'aws_x', { content: 'abcd' }, { content: 'i\u00b7\u001d' }],
    ['a tag', 'aws_x', { tags: { body: 'hello world' } }, { tags: { body: 'aGVsbG8gd29ybGQ=' } }],
    ['packed with another word', 'aws_launch_template', { user_data: packed('#!/bin/sh\necho hi\n', 9) }, { user_data: packed('#!/bin/sh\necho ho\n', 9) }],
    ['packed, and cut off', 'aws_launch_template', { user_data: packed('#!/bin/sh\necho hi\n', 9) }, { user_data: packed('#!/bin/sh\necho hi\n', 9).slice(0, 24) }],
  ],
};
