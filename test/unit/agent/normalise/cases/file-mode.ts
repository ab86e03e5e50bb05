import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'file-mode',
  same: [
    ['a leading zero', 'local_file', { file_permission: '0644' }, { file_permission: '644' }],
  ],
  different: [
    ['another mode', 'local_file', { file_permission: '0644' }, { file_permission: '0600' }],
    ['set-user-id', 'local_file', { file_permission: '4755' }, { file_permission: '755' }],
  ],
};
