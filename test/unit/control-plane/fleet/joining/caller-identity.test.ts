import { describe, expect, test } from 'vitest';
import { assumedRole, isNamed, readCallerIdentity } from '#control-plane/fleet/joining/caller-identity.ts';
import { callerIdentityXml } from '#test/harness/fake-sts.ts';

const arn = 'arn:aws:sts::123456789012:assumed-role/web/i-0123456789abcdef0';
const answer = callerIdentityXml({ arn, account: '123456789012' });

describe('the answer of STS', () => {
  test('is read to the letter, with and without a declaration', () => {
    expect(readCallerIdentity(answer)).toEqual({ arn, account: '123456789012' });
    expect(readCallerIdentity(`<?xml version="1.0" encoding="UTF-8"?>\n${answer}`)).toEqual({ arn, account: '123456789012' });
  });

  test.each([
    ['something before it, as an answer in JSON that holds it', `{"SubjectFromWebIdentityToken":"${answer}"}`],
    ['something behind it', `${answer}<x/>`],
    ['two of them', answer + answer],
    ['a comment in a value', answer.replace('assumed-role', 'assumed<!-- -->-role')],
    ['an entity in a value', answer.replace('/web/', '/&#119;eb/')],
    ['a document type', `<!DOCTYPE x [<!ENTITY a "b">]>${answer}`],
    ['a section of character data', answer.replace(arn, `<![CDATA[${arn}]]>`)],
    ['another namespace', answer.replace('https://sts.amazonaws.com', 'https://sts.example.com')],
    ['an element twice', answer.replace('<UserId>AROAEXAMPLE:session</UserId>', `<Arn>${arn}</Arn>`)],
    ['an element that is closed by another', answer.replace(`${arn}</Arn>`, `${arn}</Account>`)],
    ['an element more', answer.replace('<Account>', '<Arn>arn:aws:sts::1:assumed-role/a/b</Arn><Account>')],
    ['an element less', answer.replace('<Account>123456789012</Account>', '')],
    ['another action', answer.replaceAll('GetCallerIdentity', 'AssumeRole')],
    ['nothing', ''],
  ])('is none with %s', (_what, body) => {
    expect(readCallerIdentity(body)).toBeNull();
  });

  test('is judged in a time that does not explode with what it holds', () => {
    const started = performance.now();

    expect(readCallerIdentity(`${answer.slice(0, 200)}${'<Arn>a</Arn> '.repeat(1_200)}`)).toBeNull();

    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('a role', () => {
  test('is that of the session, in every partition', () => {
    expect(assumedRole({ arn, account: '123456789012' })).toEqual({ partition: 'aws', account: '123456789012', role: 'web', session: 'i-0123456789abcdef0' });
    expect(assumedRole({ arn: 'arn:aws-cn:sts::123456789012:assumed-role/a/bb', account: '123456789012' })).toMatchObject({ partition: 'aws-cn' });
  });

  test.each([
    ['a user', 'arn:aws:iam::123456789012:user/jo'],
    ['the root of an account', 'arn:aws:iam::123456789012:root'],
    ['a federated user', 'arn:aws:sts::123456789012:federated-user/jo'],
    ['a role that nobody assumed', 'arn:aws:iam::123456789012:role/web'],
    ['a session of another account than the answer says', 'arn:aws:sts::999999999999:assumed-role/web/session'],
    ['a session with a part too many', `${arn}/more`],
    ['a partition that is none', 'arn:evil:sts::123456789012:assumed-role/web/session'],
  ])('is not %s', (_what, other) => {
    expect(assumedRole({ arn: other, account: '123456789012' })).toBeNull();
  });

  test('is named exactly, or by a beginning', () => {
    expect(['web', 'webs', 'we', 'Web'].map((role) => isNamed(role, ['web']))).toEqual([true, false, false, false]);
    expect(['web-1', 'web-', 'web', 'x-web-1'].map((role) => isNamed(role, ['web-*']))).toEqual([true, true, false, false]);
  });
});
