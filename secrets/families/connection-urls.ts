import type { Family } from '../family.ts';

export const connectionUrls: Family = {
  name: 'url',
  title: 'Credentials in URLs',
  source: 'https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1',
  rules: [
    {
      id: 'password',
      kind: 'password',
      keywords: ['://'],
      near: [0, 600],
      needs: '@',
      // The last `@` before a host ends the password, since people forget to encode the others.
      pattern: /^:\/\/[^\s:/"'`<>\\]{0,128}:(?<secret>[^\s"'`<>\\/]{1,256}?|[^\s"'`<>\\]{1,256}?)(?=@(?:\[[0-9a-f:]{2,40}\]|[\w.,:-]{1,253}|\((?:[\w.:]+)\)|tcp\()(?:[/?#:\s"'`<>\\,;)&]|$))/,
      checks: ['not-stand-in'],
    },
    {
      // A long name of one's own is half of the login; short and usual ones (root, git, oauth2) tell nothing.
      id: 'user-beside-password',
      kind: 'user',
      keywords: ['://'],
      near: [0, 420],
      needs: '@',
      pattern: /^:\/\/(?!(?:username|postgres|x-access-token|administrator|anonymous|gitlab-ci-token|x-token-auth|x-oauth-basic|bitbucket-pipelines)[:])(?<secret>[^\s:/@"'`<>\\${}*%]{8,128})(?=:(?!«)[^\s"'`<>\\/@${}*]{4,128}@[\w.[-])/,
      checks: ['not-stand-in'],
    },
    {
      id: 'data-source-name',
      kind: 'password',
      keywords: ['@tcp(', '@unix(', '@tcp6(', '@cloudsql(', '@udp('],
      near: [300, 0],
      pattern: /(?<![^\s"'`=:,;(])[\w.%+-]{1,80}:(?<secret>[^\s"'`<>\\]{2,200}?)(?=@(?:tcp6?|unix|udp|cloudsql)\()/,
      checks: ['not-stand-in'],
    },
    {
      id: 'token',
      keywords: ['://'],
      near: [0, 300],
      needs: '@',
      pattern: /^:\/\/(?<secret>[^\s:@/"'`<>\\?#]{16,255})(?=:?@[\w.-]{1,253}(?:[/?#:\s"'`<>\\,;)&]|$))/,
      checks: ['random'],
    },
    {
      id: 'token-in-path',
      keywords: ['/token/', '/tokens/', '/secret/', '/secrets/', '/apikey/', '/api-key/', '/api_key/', '/access_token/', '/access-token/'],
      near: [0, 240],
      pattern: /^\/[\w-]{5,12}\/(?<secret>[A-Za-z0-9_-]{24,200}={0,2})(?![\w/+.%-])/,
      checks: ['random', 'mixed'],
    },
  ],
};
