import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'provider-default',
  same: [
    ['a new attribute of the provider', 'aws_s3_bucket', { request_payer: null }, { request_payer: 'BucketOwner' }],
    ['a list', 'aws_lambda_function', {}, { architectures: ['x86_64'] }],
    ['by another tool', 'aws:lambda/function:Function', {}, { memorySize: 128 }],
  ],
  different: [
    ['not the default', 'aws_lambda_function', {}, { memory_size: 256 }],
    ['a wish against the default', 'aws_lambda_function', { memory_size: 256 }, { memory_size: 128 }],
    ['another type', 'aws_x', {}, { memory_size: 128 }],
    ['the default was taken away', 'aws_lambda_function', { memory_size: 128 }, {}],
  ],
};
