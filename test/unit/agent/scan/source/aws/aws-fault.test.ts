import { describe, expect, test } from 'vitest';
import { awsFault, isPassing, isThrottling } from '#agent/scan/source/aws/aws-fault.ts';

const asked = { action: 's3:GetObject', source: 's3://b/k' };

describe('what went wrong with a request to AWS', () => {
  test.each([
    ['a region that is not there', { code: 'ENOTFOUND', hostname: 'cloudformation.eu-nowhere-1.amazonaws.com' }, 'aws-region-unknown'],
    ['an endpoint that is not there', { code: 'ENOTFOUND', hostname: 'aws.example.com' }, 'aws-unreachable'],
    ['no name server', { code: 'EAI_AGAIN', hostname: 's3.amazonaws.com' }, 'aws-unreachable'],
    ['a certificate of somebody else', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }, 'aws-unreachable'],
    ['a time limit', { name: 'TimeoutError' }, 'aws-unreachable'],
    ['no credentials', { name: 'CredentialsProviderError' }, 'aws-credentials-missing'],
    ['a token that has run out', { name: 'ExpiredTokenException', $metadata: { httpStatusCode: 400 } }, 'aws-credentials-expired'],
    ['a signature that is wrong', { name: 'SignatureDoesNotMatch', $metadata: { httpStatusCode: 403 } }, 'aws-credentials-invalid'],
    ['a 403 without a word', { name: '403', $metadata: { httpStatusCode: 403 } }, 'aws-denied'],
    ['a slow-down', { name: 'SlowDown', $metadata: { httpStatusCode: 503 } }, 'aws-throttled'],
    ['anything else', { name: 'Odd', $metadata: { httpStatusCode: 418 } }, 'aws-failed'],
  ])('%s', (_, fields, code) => {
    expect(awsFault(Object.assign(new Error('SECRET'), fields), asked)).toMatchObject({ code });
  });

  test('what AWS says is not told: it may quote the request', () => {
    const names = ['SignatureDoesNotMatch', 'AccessDenied', 'Throttling', 'Odd', 'ExpiredToken'];

    const told = names.map((name) => awsFault(Object.assign(new Error('x-amz-security-token:SECRET'), { name }), asked).message);

    expect(told.join()).not.toContain('SECRET');
  });

  test('nor is what a program of credential_process printed', () => {
    const error = Object.assign(new Error('Command failed: vault read\nSECRET'), { name: 'CredentialsProviderError' });

    expect(awsFault(error, asked).facts).toMatchObject({ reason: 'the program of credential_process failed' });
  });

  test('the permission that AWS names is told in the place of the one that was guessed', () => {
    const error = Object.assign(new Error('User: u is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:…'), { name: 'AccessDenied' });

    expect(awsFault(error, asked).facts).toMatchObject({ action: 'kms:Decrypt' });
  });

  test('an address that was tried in two ways and answered in none', () => {
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });

    expect(awsFault(new AggregateError([refused, refused]), asked)).toMatchObject({ code: 'aws-unreachable', facts: { reason: 'ECONNREFUSED' } });
  });

  test('what passes is tried again, and what does not is not', () => {
    const error = (name: string, httpStatusCode: number) => Object.assign(new Error(''), { name, $metadata: { httpStatusCode } });

    expect([error('Throttling', 400), error('TooManyRequestsException', 429), error('LimitExceeded', 400)].map(isThrottling)).toEqual([true, true, false]);
    expect([error('InternalFailure', 500), error('ValidationError', 400)].map(isPassing)).toEqual([true, false]);
  });
});
