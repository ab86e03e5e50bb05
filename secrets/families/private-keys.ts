import type { Family } from '../family.ts';

export const privateKeys: Family = {
  name: 'private-key',
  title: 'Private keys in PEM and their kin',
  source: 'https://www.rfc-editor.org/rfc/rfc7468',
  rules: [
    {
      id: 'der',
      kind: 'private-key',
      keywords: ['MII', 'MIGHAgEA', 'MHcCAQEE', 'MC4CAQAw', 'MFMCAQEw', 'MHQCAQEE', 'MIGkAgEB', 'MIHcAgEB', 'b3BlbnNzaC1rZXktdjE'],
      pattern: /(?:MII[A-Za-z0-9+/]{3}(?:IBA[A-D]|[A-Za-z0-9+/]IBA[A-D])|MI[A-Za-z0-9]{2}AgE[AB]|MHcCAQEE|MC4CAQAw|MFMCAQEw|MHQCAQEE|MIGkAgEB|MIHcAgEB|b3BlbnNzaC1rZXktdjE)[A-Za-z0-9+/\\nr\s]{40,16000}={0,2}/,
    },
    {
      id: 'pem-in-base64',
      kind: 'private-key',
      keywords: ['LS0tLS1CRUdJTi'],
      pattern: /LS0tLS1CRUdJTi(?!BDRVJUSUZJQ0FUR|BQVUJMSUMg|BUUlVTVEVE|BYNTA5IE)[A-Za-z0-9+/\\n\s]{60,24000}={0,2}/,
      checks: ['pem-private-key'],
    },
    {
      id: 'pem-in-base64-shifted',
      kind: 'private-key',
      keywords: ['UFJJVkFURSBLRVkt', 'BSSVZBVEUgS0VZL', 'QUklWQVRFIEtFWS0t'],
      near: [160, 12_000],
      pattern: /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{0,120}(?:UFJJVkFURSBLRVkt|BSSVZBVEUgS0VZL|QUklWQVRFIEtFWS0t)[A-Za-z0-9+/\\n\s]{60,11000}={0,2}/,
    },
    {
      id: 'putty',
      kind: 'private-key',
      keywords: ['private-lines:', 'private-mac:'],
      near: [0, 8_000],
      pattern: /^private-(?:lines: \d{1,3}(?:\r?\n|\\n)(?<secret>(?:[A-Za-z0-9+/=]{1,64}(?:\r?\n|\\n)?){1,120})|mac: (?<secret2>[a-f0-9]{40,64}))/i,
    },
    {
      id: 'xml-rsa',
      kind: 'private-key',
      keywords: ['<d>', '<p>', '<q>', '<dp>', '<dq>', '<inverseq>'],
      near: [0, 1_200],
      pattern: /^<(?:D|P|Q|DP|DQ|InverseQ)>(?<secret>[A-Za-z0-9+/]{40,1000}={0,2})</,
    },
    {
      id: 'hex-ec',
      kind: 'private-key',
      keywords: ['private_key', 'privatekey', 'private-key', 'private key', 'privkey'],
      near: [0, 120],
      needs: /[a-f0-9]{16}/i,
      pattern: /^priv(?:ate)?[\w -]{0,16}[\\"']{0,4}\s{0,3}[:=,(]\s{0,3}[\\"']{0,4}(?<secret>(?:0x)?[a-f0-9]{64})(?![a-f0-9])/i,
    },
    {
      id: 'bitcoin-wif',
      kind: 'private-key',
      keywords: ['wif', 'xprv', 'bip38', 'private_key', 'privatekey', 'private key', 'privkey'],
      near: [0, 140],
      pattern: /(?<![A-Za-z0-9])(?:[5KL][1-9A-HJ-NP-Za-km-z]{50,51}|xprv[1-9A-HJ-NP-Za-km-z]{100,115}|6P[1-9A-HJ-NP-Za-km-z]{56})(?![A-Za-z0-9])/,
    },
  ],
};
