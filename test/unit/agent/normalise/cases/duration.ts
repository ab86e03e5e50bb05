import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'duration',
  same: [
    ['seconds and minutes', 'google_x', { timeout: '60s' }, { timeout: '1m' }],
    ['zero parts', 'google_x', { rotation_period: '3600s' }, { rotation_period: '1h0m0s' }],
    ['ISO 8601', 'azurerm_x', { message_ttl: 'PT60M' }, { message_ttl: 'PT1H' }],
    ['a day', 'azurerm_x', { default_message_ttl: 'P1D' }, { default_message_ttl: 'PT24H' }],
    ['fractions', 'google_x', { timeout: '1.5s' }, { timeout: '1500ms' }],
    ['how often an alert is looked at', 'azurerm_monitor_metric_alert', { frequency: 'PT1H' }, { frequency: 'PT60M' }],
    ['fractions in ISO 8601', 'azurerm_x', { message_ttl: 'PT1.5S' }, { message_ttl: 'PT1.500S' }],
  ],
  different: [
    ['milliseconds are not minutes', 'google_x', { timeout: '5m' }, { timeout: '5ms' }],
    ['a month is no fixed time', 'azurerm_x', { message_ttl: 'P1M' }, { message_ttl: 'P30D' }],
    ['a month is not a minute', 'azurerm_x', { message_ttl: 'P1M' }, { message_ttl: 'PT1M' }],
    ['a quantity', 'kubernetes:v1/Pod', { spec: { x: '60s' } }, { spec: { x: '1m' } }],
    ['another fraction', 'azurerm_x', { message_ttl: 'PT1.5S' }, { message_ttl: 'PT1.05S' }],
  ],
};
