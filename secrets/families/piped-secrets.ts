import type { Family } from '../family.ts';

/** What is piped into a command that takes a secret on its standard input. */
export const pipedSecrets: Family = {
  name: 'piped-secret',
  title: 'Secrets echoed into commands',
  source: 'https://docs.docker.com/reference/cli/docker/login/#password-stdin',
  rules: [
    {
      id: 'echo',
      kind: 'password',
      keywords: [
        '--password-stdin', '--stdin', '| passwd', '| sudo passwd', '--passphrase-fd', 'secrets create', 'secrets versions add', 'secret put', 'secret set', 'secret create', 'secret add', 'secret import', 'kubeseal',
        'pw-stdin', '--token-stdin', '--with-token', 'cryptsetup', 'secret:put', 'secrets set', 'sudo -s', 'kinit', 'vault kv put', 'pass insert', 'ansible-vault', '--from-file=/dev/stdin', '--data-file=-', 'docker secret',
      ],
      near: [320, 0],
      needs: /echo|printf/,
      pattern: /(?<=(?:echo|printf)(?: -[neE]{1,3}| --| '%s(?:\\n)?'| "%s(?:\\n)?"| %s(?:\\n)?){0,3} {1,3})(?:(?<q>["'])(?<secret>[^"'\n$]{4,400})\k<q>|(?<secret2>[^\s"'$|;\\-][^\s"'|;]{3,250}))(?= {0,3}\|)/,
      checks: ['not-stand-in'],
    },
  ],
};
