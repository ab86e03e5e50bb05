import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'unset-number',
  same: [
    ['read back as 0', 'aws_network_acl', { ingress: [{ rule_no: 100, icmp_type: null }] }, { ingress: [{ rule_no: 100, icmp_type: 0 }] }],
    ['left out', 'aws_network_acl', { egress: [{ rule_no: 100 }] }, { egress: [{ rule_no: 100, icmp_code: 0 }] }],
    ['a metric query without a period of its own', 'aws_cloudwatch_metric_alarm', { metric_query: [{ id: 'm', period: null }] }, { metric_query: [{ id: 'm', period: 0 }] }],
    ['an expiration by date', 'aws_s3_bucket_lifecycle_configuration', { rule: [{ id: 'a', expiration: [{ date: '2027-01-01', days: null }] }] }, { rule: [{ id: 'a', expiration: [{ date: '2027-01-01', days: 0 }] }] }],
  ],
  different: [
    ['days elsewhere than in AWS', 'google_x', { rule: [{ id: 'a', days: null }] }, { rule: [{ id: 'a', days: 0 }] }],
    ['a number that says something', 'aws_network_acl', { ingress: [{ rule_no: 100, icmp_type: null }] }, { ingress: [{ rule_no: 100, icmp_type: 8 }] }],
    ['it was set', 'aws_network_acl', { ingress: [{ rule_no: 100, icmp_type: 8 }] }, { ingress: [{ rule_no: 100, icmp_type: 0 }] }],
    ['it was set to 0', 'aws_network_acl', { ingress: [{ rule_no: 100, icmp_type: 0 }] }, { ingress: [{ rule_no: 100, icmp_type: 8 }] }],
    ['nothing is kept any more', 'aws_x', { backup: [{ id: 'a', retention_in_days: null }] }, { backup: [{ id: 'a', retention_in_days: 0 }] }],
    ['nothing runs any more', 'aws_x', { scaling_config: [{ id: 'a', min_size: null }] }, { scaling_config: [{ id: 'a', min_size: 0 }] }],
    ['a port', 'aws_x', { ingress: [{ id: 'a', from_port: null }] }, { ingress: [{ id: 'a', from_port: 0 }] }],
    ['at the root', 'aws_kinesis_stream', { shard_count: null }, { shard_count: 0 }],
    ['a tag', 'aws_x', { tags: { code: null } }, { tags: { code: 0 } }],
  ],
};
