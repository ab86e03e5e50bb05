import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'location-name',
  same: [
    ['display name and key', 'azurerm_resource_group', { location: 'West Europe' }, { location: 'westeurope' }],
    ['case', 'google_storage_bucket', { location: 'EU' }, { location: 'eu' }],
  ],
  different: [
    ['another region', 'azurerm_resource_group', { location: 'West Europe' }, { location: 'northeurope' }],
    ['a tag', 'azurerm_resource_group', { tags: { location: 'West Europe' } }, { tags: { location: 'westeurope' } }],
  ],
};
