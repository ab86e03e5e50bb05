import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'default-certificate',
  same: [
    ['a method that nobody uses', 'aws_cloudfront_distribution', { viewer_certificate: [{ cloudfront_default_certificate: true, ssl_support_method: null }] }, { viewer_certificate: [{ cloudfront_default_certificate: true, ssl_support_method: 'sni-only' }] }],
    ['a version that nobody asks', 'aws_cloudfront_distribution', { viewer_certificate: [{ cloudfront_default_certificate: true, minimum_protocol_version: 'TLSv1.2_2021' }] }, { viewer_certificate: [{ cloudfront_default_certificate: true, minimum_protocol_version: 'TLSv1' }] }],
  ],
  different: [
    ['with a certificate of its own', 'aws_cloudfront_distribution', { viewer_certificate: [{ acm_certificate_arn: 'a', cloudfront_default_certificate: false, minimum_protocol_version: 'TLSv1.2_2021' }] }, { viewer_certificate: [{ acm_certificate_arn: 'a', cloudfront_default_certificate: false, minimum_protocol_version: 'TLSv1' }] }],
    ['the certificate itself', 'aws_cloudfront_distribution', { viewer_certificate: [{ cloudfront_default_certificate: false, acm_certificate_arn: 'a', ssl_support_method: 'vip' }] }, { viewer_certificate: [{ cloudfront_default_certificate: true, acm_certificate_arn: '', ssl_support_method: '' }] }],
    ['of another type', 'aws_x', { viewer_certificate: [{ cloudfront_default_certificate: true, ssl_support_method: 'vip' }] }, { viewer_certificate: [{ cloudfront_default_certificate: true, ssl_support_method: 'sni-only' }] }],
  ],
};
