import type { Family } from '../family.ts';

export const passwordHashes: Family = {
  name: 'password-hash',
  title: 'Hashed passwords, which can be guessed offline',
  source: 'https://man7.org/linux/man-pages/man5/crypt.5.html',
  rules: [
    { id: 'crypt', kind: 'password-hash', keywords: ['$1$', '$5$', '$6$', '$7$', '$8$', '$9$', '$y$', '$gy$', '$apr1$', '$sha1$'], pattern: /\$(?:[1-9]|y|gy|apr1|sha1)\$(?:[./0-9A-Za-z,=]{0,64}\$){1,4}[./0-9A-Za-z]{16,90}/ },
    { id: 'bcrypt', kind: 'password-hash', keywords: ['$2a$', '$2b$', '$2y$', '$2x$'], pattern: /\$2[abxy]\$\d\d\$[./0-9A-Za-z]{50,60}/ },
    { id: 'argon2', kind: 'password-hash', keywords: ['$argon2'], pattern: /\$argon2(?:id|i|d)\$v=\d{1,3}\$m=\d{1,9},t=\d{1,6},p=\d{1,4}\$[A-Za-z0-9+/]{8,90}\$[A-Za-z0-9+/]{16,180}/ },
    { id: 'scrypt', kind: 'password-hash', keywords: ['$scrypt$', 'scrypt:', 'pbkdf2:', 'pbkdf2_sha'], pattern: /(?:\$scrypt\$[\w=,]{4,40}\$|scrypt:\d{1,7}:\d{1,4}:\d{1,4}\$|pbkdf2:sha\d{1,3}:\d{1,8}\$|pbkdf2_sha\d{1,3}\$\d{1,8}\$)[A-Za-z0-9+/.]{4,90}={0,2}\$[A-Za-z0-9+/=]{16,180}/ },
    { id: 'ldap', kind: 'password-hash', keywords: ['{ssha', '{sha', '{smd5', '{md5', '{crypt'], pattern: /\{(?:SSHA(?:256|512)?|SHA(?:256|512)?|SMD5|MD5|CRYPT)\}[A-Za-z0-9+/$.]{20,200}={0,2}/i },
    { id: 'mysql', kind: 'password-hash', keywords: ['identified', 'password'], near: [0, 80], pattern: /(?<!\w)\*[0-9A-F]{40}(?!\w)/ },
    { id: 'lanman', kind: 'password-hash', keywords: [':::'], near: [100, 0], pattern: /:(?<secret>[0-9a-f]{32}:[0-9a-f]{32}):::/i },
    { id: 'cisco', kind: 'password-hash', keywords: ['secret', 'password'], near: [0, 60], pattern: /^(?:secret|password) [45789] (?<secret>[$./0-9A-Za-z]{8,100})/i },
    { id: 'kerberos', kind: 'password-hash', keywords: ['$krb5'], pattern: /\$krb5(?:asrep|tgs|pa)\$[^\s"']{40,8000}/ },
    { id: 'django', kind: 'password-hash', keywords: ['sha1$', 'md5$', 'bcrypt_sha256$'], pattern: /(?:sha1|md5|bcrypt_sha256)\$(?:[A-Za-z0-9.]{0,32}\$){1,3}[A-Za-z0-9./]{32,64}/ },
  ],
};
