import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'dns-name',
  same: [
    ['case and the last dot', 'aws_route53_zone', { name: 'Example.COM.' }, { name: 'example.com' }],
    ['what a CNAME points to', 'aws_route53_record', { type: 'CNAME', records: ['Target.example.com.'] }, { type: 'CNAME', records: ['target.example.com'] }],
    ['names on a certificate', 'aws_acm_certificate', { subject_alternative_names: ['A.example.com'] }, { subject_alternative_names: ['a.example.com'] }],
  ],
  different: [
    ['a TXT record is a text', 'aws_route53_record', { type: 'TXT', records: ['Key.Value'] }, { type: 'TXT', records: ['key.value'] }],
    ['another name', 'aws_route53_zone', { name: 'example.com' }, { name: 'examp1e.com' }],
    ['a longer name', 'aws_route53_zone', { name: 'example.com' }, { name: 'www.example.com' }],
    ['the name of a bucket', 'aws_s3_bucket', { name: 'My.Bucket' }, { name: 'my.bucket' }],
  ],
};
