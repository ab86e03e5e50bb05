import type { Family } from '../family.ts';

export const sqlStatements: Family = {
  name: 'sql',
  title: 'Passwords in SQL statements',
  source: 'https://www.postgresql.org/docs/current/sql-createrole.html',
  rules: [
    {
      id: 'identified-by',
      kind: 'password',
      keywords: ['identified by', 'identified with'],
      near: [0, 300],
      pattern: /^identified\s{1,4}(?:with\s{1,4}[\w'"`]{1,40}\s{1,4})?(?:by|as)\s{1,4}(?:password\s{1,4})?(?:values\s{1,4})?\\{0,3}(?:'(?<secret>(?:[^'\\\n]|''){1,200})|"(?<secret2>[^"\\\n]{1,200})|(?<secret3>[^\s'";,\\]{4,100}))/i,
      checks: ['not-stand-in'],
    },
    {
      id: 'password-clause',
      kind: 'password',
      keywords: ['password'],
      near: [60, 300],
      pattern: /(?:user|role|login|credential|with|encrypted|unencrypted|set|for)\b[^\n;]{0,60}?\bpassword\b\s{0,3}(?:=|to|for\s[^\n=]{1,60}=)?\s{0,3}(?:PASSWORD\s{0,2}\(\s{0,2})?(?:N?\\{0,3}['"](?<secret>(?:[^'"\\\n]|''){3,200})\\{0,3}['"]|(?<secret2>(?=[A-Za-z]{0,30}\d)[A-Za-z0-9!#%^&*_.-]{6,100})(?=\s{0,2};))/i,
      checks: ['not-stand-in'],
    },
    {
      id: 'encryption-clause',
      kind: 'password',
      keywords: ['encryption by password', 'decryption by password', 'encryption password'],
      near: [0, 200],
      pattern: /^(?:en|de)cryption\s{1,3}(?:by\s{1,3})?password\s{0,3}=?\s{0,3}N?'(?<secret>[^'\n]{3,200})'/i,
    },
  ],
};
