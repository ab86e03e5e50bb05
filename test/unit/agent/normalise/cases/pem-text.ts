import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'pem-text',
  same: [
    ['line breaks', 'aws_iam_server_certificate', { certificate_chain: '-----BEGIN CERTIFICATE-----\nAAAA\nBBBB\n-----END CERTIFICATE-----\n' }, { certificate_chain: '-----BEGIN CERTIFICATE-----\nAAAABBBB\n-----END CERTIFICATE-----' }],
  ],
  different: [
    ['another body', 'aws_x', { chain: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' }, { chain: '-----BEGIN CERTIFICATE-----\nAAAB\n-----END CERTIFICATE-----' }],
    ['another kind', 'aws_x', { chain: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' }, { chain: '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----' }],
    ['a chain in another order', 'aws_x', { chain: '-----BEGIN C-----\nA\n-----END C-----\n-----BEGIN C-----\nB\n-----END C-----' }, { chain: '-----BEGIN C-----\nB\n-----END C-----\n-----BEGIN C-----\nA\n-----END C-----' }],
  ],
};
