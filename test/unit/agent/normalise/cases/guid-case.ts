import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'guid-case',
  same: [
    ['capital letters', 'azurerm_x', { object_id: '6BA7B810-9DAD-11D1-80B4-00C04FD430C8' }, { object_id: '6ba7b810-9dad-11d1-80b4-00c04fd430c8' }],
  ],
  different: [
    ['another id', 'azurerm_x', { object_id: '6ba7b810-9dad-11d1-80b4-00c04fd430c8' }, { object_id: '6ba7b811-9dad-11d1-80b4-00c04fd430c8' }],
    ['a secret', 'azurerm_x', { client_secret: '6BA7B810-9DAD-11D1-80B4-00C04FD430C8' }, { client_secret: '6ba7b810-9dad-11d1-80b4-00c04fd430c8' }],
  ],
};
