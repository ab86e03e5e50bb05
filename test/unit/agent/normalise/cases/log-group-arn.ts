import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'log-group-arn',
  same: [
    ['the star at the end', 'aws_x', { log_group: 'arn:aws:logs:eu-west-1:123456789012:log-group:app:*' }, { log_group: 'arn:aws:logs:eu-west-1:123456789012:log-group:app' }],
  ],
  different: [
    ['another group', 'aws_x', { log_group: 'arn:aws:logs:eu-west-1:123456789012:log-group:app:*' }, { log_group: 'arn:aws:logs:eu-west-1:123456789012:log-group:app2' }],
    ['in a policy the star is a pattern', 'aws_iam_policy', { policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'a:b', Resource: 'arn:aws:logs:eu-west-1:123456789012:log-group:app:*' }] }) }, { policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'a:b', Resource: 'arn:aws:logs:eu-west-1:123456789012:log-group:app' }] }) }],
  ],
};
