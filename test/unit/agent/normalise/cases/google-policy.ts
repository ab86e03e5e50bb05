import type { RuleCases } from '../rule-cases.ts';

const policy = (...bindings: readonly object[]): { policy_data: string } => ({ policy_data: JSON.stringify({ bindings }) });

export const cases: RuleCases = {
  rule: 'google-policy',
  same: [
    ['members and bindings in another order', 'google_project_iam_policy', policy({ role: 'a', members: ['user:b@x.co', 'user:a@x.co'] }, { role: 'b', members: ['allUsers'] }), policy({ members: ['allUsers'], role: 'b' }, { role: 'a', members: ['user:a@x.co', 'user:b@x.co'] })],
    ['addresses in other letters', 'google_folder_iam_policy', policy({ role: 'a', members: ['user:Ann@X.co'] }), policy({ role: 'a', members: ['user:ann@x.co'] })],
    ['the etag of the last reader', 'google_project_iam_policy', { policy_data: '{"bindings":[],"etag":"BwA="}' }, { policy_data: '{"bindings":[],"etag":"BwB="}' }],
  ],
  different: [
    ['another role', 'google_project_iam_policy', policy({ role: 'a', members: ['user:a@x.co'] }), policy({ role: 'b', members: ['user:a@x.co'] })],
    ['one member more', 'google_project_iam_policy', policy({ role: 'a', members: ['user:a@x.co'] }), policy({ role: 'a', members: ['user:a@x.co', 'allUsers'] })],
    ['another kind of member', 'google_project_iam_policy', policy({ role: 'a', members: ['user:a@x.co'] }), policy({ role: 'a', members: ['group:a@x.co'] })],
    ['a condition', 'google_project_iam_policy', policy({ role: 'a', members: ['user:a@x.co'], condition: { expression: 'x' } }), policy({ role: 'a', members: ['user:a@x.co'] })],
    ['an audit setting', 'google_project_iam_policy', { policy_data: '{"bindings":[],"auditConfigs":[{"service":"allServices"}]}' }, { policy_data: '{"bindings":[]}' }],
  ],
};
