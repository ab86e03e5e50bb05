import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'url-root',
  same: [
    ['the empty path', 'aws_x', { endpoint_url: 'https://Example.com' }, { endpoint_url: 'https://example.com/' }],
  ],
  different: [
    ['a text of a ConfigMap', 'kubernetes:v1/ConfigMap', { data: { base: 'https://example.com/' } }, { data: { base: 'https://example.com' } }],
    ['a path', 'aws_x', { endpoint_url: 'https://example.com/a' }, { endpoint_url: 'https://example.com/a/' }],
    ['redirects are compared to the letter', 'aws_cognito_user_pool_client', { callback_urls: ['https://example.com'] }, { callback_urls: ['https://example.com/'] }],
    ['another port', 'aws_x', { endpoint_url: 'https://example.com' }, { endpoint_url: 'https://example.com:8443/' }],
    ['plain against TLS', 'aws_x', { endpoint_url: 'https://example.com' }, { endpoint_url: 'http://example.com' }],
  ],
};
