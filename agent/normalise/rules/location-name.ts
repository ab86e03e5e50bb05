import { spellText } from '../fields.ts';
import { inUserMap, isOfFamily } from '../place.ts';
import type { Rule } from '../rule.ts';

/** `West Europe` against `westeurope`; `EU` against `eu`. */
export const locationName: Rule = {
  name: 'location-name',
  reason: 'One region, once by its display name and once by its key.',
  appliesTo: (place) => isOfFamily(place, 'azurerm_', 'azure_', 'azure-native_', 'google_storage_') && !inUserMap(place) && /^(?:location|region|primarylocation|locations|failoverlocation|geolocation)$/.test(place.name),
  canonical: spellText((text) => (/^[A-Za-z][A-Za-z0-9 -]*$/.test(text) ? text.replaceAll(' ', '').toLowerCase() : text)),
};
