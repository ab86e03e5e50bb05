import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'decimal-text',
  same: [
    ['a budget', 'aws_budgets_budget', { limit_amount: '1000' }, { limit_amount: '1000.0' }],
    ['a price', 'aws_spot_fleet_request', { spot_price: '0.1' }, { spot_price: '0.100' }],
    ['the thresholds of a monitor', 'datadog_monitor', { monitor_thresholds: [{ critical: '-2' }] }, { monitor_thresholds: [{ critical: '-2.0' }] }],
  ],
  different: [
    ['ten times as much', 'aws_budgets_budget', { limit_amount: '100' }, { limit_amount: '1000.0' }],
    ['a zero before the point', 'aws_budgets_budget', { limit_amount: '100' }, { limit_amount: '1.00' }],
    ['versions', 'aws_eks_cluster', { version: '1.3' }, { version: '1.30' }],
    ['a tag', 'aws_vpc', { tags: { threshold: '1' } }, { tags: { threshold: '1.0' } }],
  ],
};
