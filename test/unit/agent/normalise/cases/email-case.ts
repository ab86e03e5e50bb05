import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'email-case',
  same: [
    ['an address', 'aws_sns_topic_subscription', { endpoint: 'Ops@Example.com' }, { endpoint: 'ops@example.com' }],
    ['a member of Google', 'google_project_iam_member', { member: 'user:Ann@Example.com' }, { member: 'user:ann@example.com' }],
  ],
  different: [
    ['another address', 'aws_x', { endpoint: 'ops@example.com' }, { endpoint: 'op@example.com' }],
    ['a tag keeps its letters', 'aws_x', { tags: { owner: 'Ops@Example.com' } }, { tags: { owner: 'ops@example.com' } }],
    ['another kind of member', 'google_project_iam_member', { member: 'user:ann@example.com' }, { member: 'group:ann@example.com' }],
  ],
};
