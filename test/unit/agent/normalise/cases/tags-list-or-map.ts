import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'tags-list-or-map',
  same: [
    ['list of keys and values', 'AWS::S3::Bucket', { Tags: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '2' }] }, { Tags: { b: '2', a: '1' } }],
    ['small letters, other order', 'aws_x', { tags: [{ key: 'a', value: '1' }, { key: 'b', value: '2' }] }, { tags: [{ key: 'b', value: '2' }, { key: 'a', value: '1' }] }],
  ],
  different: [
    ['a value differs', 'AWS::S3::Bucket', { Tags: [{ Key: 'a', Value: '1' }] }, { Tags: { a: '2' } }],
    ['a third field counts', 'aws_autoscaling_group', { tag: [{ key: 'a', value: '1', propagate_at_launch: true }] }, { tag: [{ key: 'a', value: '1', propagate_at_launch: false }] }],
    ['a key that stands twice', 'AWS::S3::Bucket', { Tags: [{ Key: 'a', Value: '1' }, { Key: 'a', Value: '2' }] }, { Tags: { a: '2' } }],
  ],
};
