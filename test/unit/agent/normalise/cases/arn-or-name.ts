import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'arn-or-name',
  same: [
    ['a role', 'aws_lambda_function', { role: 'arn:aws:iam::123456789012:role/app' }, { role: 'app' }],
    ['a task definition', 'aws_ecs_service', { task_definition: 'web:7' }, { task_definition: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:7' }],
    ['a key', 'aws_ebs_volume', { kms_key_id: 'alias/app' }, { kms_key_id: 'arn:aws:kms:eu-west-1:123456789012:alias/app' }],
  ],
  different: [
    ['part of a name', 'aws_lambda_function', { role: 'arn:aws:iam::123456789012:role/my-app' }, { role: 'app' }],
    ['two accounts', 'aws_lambda_function', { role: 'arn:aws:iam::123456789012:role/app' }, { role: 'arn:aws:iam::210987654321:role/app' }],
    ['another revision', 'aws_ecs_service', { task_definition: 'web:7' }, { task_definition: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:8' }],
    ['a tag', 'aws_x', { tags: { role: 'arn:aws:iam::123456789012:role/app' } }, { tags: { role: 'app' } }],
  ],
};
