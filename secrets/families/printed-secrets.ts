import type { Family } from '../family.ts';

/** What follows a command whose answer is a secret and nothing else, in the record of a terminal or a runbook. */
export const printedSecrets: Family = {
  name: 'printed-secret',
  title: 'Answers of commands that print a secret',
  source: 'https://kubernetes.io/docs/tasks/configmap-secret/managing-secret-using-kubectl/#decode-secret',
  rules: [
    {
      id: 'answer',
      kind: 'value',
      keywords: [
        'initial-password', 'initialadminpassword', 'kv get -field', 'vault read -field', 'vault print token', 'secrets versions access', 'keyvault secret show', 'pass show ', 'op read ', 'openssl rand', 'pwgen', 'auth:token', 'gh auth token',
        'print-access-token', 'print-identity-token', 'get-login-password', 'kubectl create token', 'wg genkey', 'wg genpsk', 'consul keygen', 'keyring generate', 'oc whoami -t', 'mkpasswd', 'chamber read', 'doppler secrets get', 'bw get password',
        'find-generic-password', 'secret-tool lookup', 'lpass show', 'generate-db-auth-token', 'kubeadm token create', 'join-token', 'elasticsearch-reset-password', 'rails secret', 'key:generate --show', 'serviceaccount/token',
      ],
      near: [0, 400],
      needs: /\n/,
      pattern: /^[^\n]{3,300}\n(?!https?:|arn:|\/)(?<secret>[^\s{}[\]<>$#-][^\s{}<>]{7,2000})(?<![$#>:])(?=[ \t]{0,4}(?:\r?\n|$))/,
      checks: ['not-stand-in', 'looks-like-password'],
    },
    {
      id: 'named-answer',
      kind: 'value',
      keywords: ['base64 -d', 'base64 --decode', 'jsonpath', 'output -raw', 'stack output', 'config get', 'get-secret-value', '--with-decryption', 'get-access-token', 'sops -d', 'sops --decrypt', 'ansible-vault view', 'terraform output', 'secret get', '-o tsv'],
      near: [0, 300],
      needs: /\n/,
      pattern: /^[^\n]{4,300}\n(?!https?:|arn:|\/)(?<secret>[^\s{}[\]<>$#-][^\s{}<>]{7,2000})(?<![$#>:])(?=[ \t]{0,4}(?:\r?\n|$))/,
      checks: ['not-stand-in', 'looks-like-password', 'asked-for'],
    },
    {
      id: 'named-answer-after',
      kind: 'value',
      keywords: ['output -raw', 'terraform output', 'stack output', 'pulumi config get', 'secret get', 'secret show', 'configmap'],
      near: [0, 200],
      needs: /\n/,
      pattern: /^[^\n]{3,60}?(?:secret|passw|token|credential|key)[^\n]{0,80}\r?\n(?!https?:|arn:|\/)(?<secret>[^\s{}[\]<>$#-][^\s{}<>]{7,2000})(?<![$#>:])(?=[ \t]{0,4}(?:\r?\n|$))/i,
      checks: ['not-stand-in', 'looks-like-password'],
    },
  ],
};
