import { spellText } from '../fields.ts';
import { inDocument, inUserMap, isOfFamily, isTool } from '../place.ts';
import type { Place, Rule } from '../rule.ts';

/** `TCP` against `tcp`, `Enabled` against `ENABLED`, for attributes with a fixed list of values. */
export const enumCase: Rule = {
  name: 'enum-case',
  reason: 'The attribute has a fixed list of values, and the provider answers with them in other letters.',
  appliesTo: (place) => isTool(place, 'terraform', 'cloudformation', 'pulumi') && !inDocument(place) && !inUserMap(place) && (lists.has(place.name) || ((ofAzure.has(place.name) || isSku(place)) && isOfFamily(place, 'azurerm_', 'azure_', 'azure-native_'))),
  canonical: spellText((text) => (/^[A-Za-z0-9][\w .:-]*$/.test(text) ? text.toLowerCase() : text)),
};

const lists = new Set([
  'protocol', 'ipprotocol', 'transportprotocol', 'engine', 'direction', 'access', 'loadbalancertype', 'scheme', 'ipaddresstype', 'networktype', 'billingmode', 'storagetype',
  'httpmethod', 'routingpolicy', 'tenancy', 'instancetenancy', 'volumetype', 'tier', 'skutier', 'accesstier', 'accountkind', 'accountreplicationtype', 'allocationmethod',
  'privateipaddressallocation', 'lbprotocol', 'instanceprotocol', 'sourceprotocol', 'targetprotocol', 'originprotocolpolicy', 'viewerprotocolpolicy', 'performancemode', 'throughputmode', 'encryptiontype',
  'minimumtlsversion', 'nexthoptype', 'osdisktype', 'caching', 'priorityclass', 'storageclass',
  'keypermissions', 'secretpermissions', 'certificatepermissions', 'storagepermissions', 'maintenancewindow', 'preferredmaintenancewindow', 'weeklymaintenancestarttime',
]);

/** Of Azure alone, whose resource manager ignores letter case in them. */
const ofAzure = new Set(['size', 'vmsize', 'sku', 'skuname', 'kind', 'collation', 'resourcegroupname', 'offertype', 'publisher', 'loadbalancersku', 'ipversion']);

function isSku({ names }: Place): boolean {
  return names.at(-2) === 'sku' && (names.at(-1) === 'name' || names.at(-1) === 'tier');
}
