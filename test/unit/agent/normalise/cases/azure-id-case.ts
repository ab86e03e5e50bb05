import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'azure-id-case',
  same: [
    ['resource groups', 'azurerm_lb', { subnet_id: '/subscriptions/6ba7b810-9dad-11d1-80b4-00c04fd430c8/resourceGroups/RG/x' }, { subnet_id: '/subscriptions/6BA7B810-9DAD-11D1-80B4-00C04FD430C8/resourcegroups/rg/x' }],
  ],
  different: [
    ['another group', 'azurerm_lb', { subnet_id: '/subscriptions/6ba7b810-9dad-11d1-80b4-00c04fd430c8/resourceGroups/a' }, { subnet_id: '/subscriptions/6ba7b810-9dad-11d1-80b4-00c04fd430c8/resourceGroups/b' }],
    ['a path on a disk', 'azurerm_x', { path: '/Subscriptions/A' }, { path: '/subscriptions/a' }],
  ],
};
