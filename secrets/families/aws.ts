import type { Family } from '../family.ts';

export const aws: Family = {
  name: 'aws',
  title: 'Amazon Web Services',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
  rules: [
    {
      id: 'access-key-id',
      kind: 'key',
      keywords: ['AKIA', 'ASIA', 'ABIA', 'ACCA', 'A3T'],
      pattern: /AKIA[A-Z0-9]{16}(?![A-Z0-9])|(?:A3T[A-Z0-9]|ASIA|ABIA|ACCA)(?=[A-Z]{0,15}\d)[A-Z0-9]{16}(?![A-Z0-9])/,
    },
    {
      id: 'session-token',
      keywords: ['IQoJb3JpZ2lu', 'FwoGZXIvYXdz', 'FQoGZXIvYXdz', 'AgoJb3JpZ2lu'],
      pattern: /(?:IQoJb3JpZ2lu|F[wQ]oGZXIvYXdz|AgoJb3JpZ2lu)[A-Za-z0-9+/=%_-]{50,3000}/,
    },
    {
      id: 'secret-access-key',
      kind: 'key',
      keywords: ['akia', 'asia', 'aws_key', 'aws_secret', 'awskey', 'awssecret', 'aws_access', 'awsaccess', 'amazon_secret', 'amazonsecret', 'amz_secret'],
      near: [60, 200],
      pattern: /(?<![A-Za-z0-9+/=_.-])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=_-])/,
      checks: ['mixed', 'not-hex', 'random'],
    },
    { id: 'mws-auth-token', keywords: ['amzn.mws.'], pattern: /amzn\.mws\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/ },
    {
      id: 'bedrock-key',
      kind: 'key',
      keywords: ['ABSK', 'bedrock-api-key-'],
      pattern: /ABSK[A-Za-z0-9+/]{60,400}={0,2}|bedrock-api-key-[A-Za-z0-9+/=_-]{20,2000}/,
    },
    { id: 'appsync-key', kind: 'key', keywords: ['da2-'], pattern: /da2-[a-z0-9]{26}/ },
    { id: 'mobile-client-secret', kind: 'key', keywords: ['amzn1.oa2-cs', 'amzn1.oa2.cs'], pattern: /amzn1\.oa2[.-]cs\.v1\.[a-f0-9]{64}/ },
    {
      id: 'cognito-secret-hash',
      kind: 'key',
      keywords: ['cognito'],
      near: [0, 100],
      pattern: /(?<![a-z0-9])[a-z0-9]{50,53}(?![a-z0-9])/,
      checks: ['random'],
    },
  ],
};
