import type { Family } from '../family.ts';

export const httpHeaders: Family = {
  name: 'http',
  title: 'Credentials in HTTP headers and cookies',
  source: 'https://www.rfc-editor.org/rfc/rfc9110#name-authorization',
  rules: [
    {
      id: 'authorization',
      keywords: ['authorization', 'authenticate', 'x-auth'],
      near: [0, 2_200],
      pattern: /^[\w-]{0,20}[\\"'\])]{0,6}\s{0,3}(?:=>|[:=,])\s{0,3}[\\"'`]{0,6}(?:f["'])?(?:(?:Basic|Bearer|Token|Digest|NTLM|Negotiate|OAuth|ApiKey|Api-Key|SSWS|GenieKey|Splunk|Key|Hawk|GoogleLogin auth|AWS4-HMAC-SHA256|sso-key|apiToken|PVEAPIToken|Client-ID|JWT|Zoho-oauthtoken|ApiToken|MediaBrowser)[ =:]{1,3}){1,2}(?:token=)?[\\"']{0,4}(?<secret>[^\s"'`\\<>{}$,;()[\]]{6,2000})/i,
      checks: ['not-stand-in'],
    },
    {
      id: 'bearer',
      keywords: ['bearer '],
      near: [0, 2_100],
      pattern: /^bearer {1,3}(?<secret>[A-Za-z0-9_.~+/|:-]{16,2000}={0,2})(?![\w$({<])/i,
      checks: ['random'],
    },
    {
      id: 'basic',
      kind: 'password',
      keywords: ['basic '],
      near: [0, 600],
      pattern: /^basic {1,3}(?<secret>[A-Za-z0-9+/]{8,500}={0,2})/i,
      checks: ['basic-credentials'],
    },
    {
      id: 'cookie',
      kind: 'cookie',
      keywords: ['cookie:', 'cookie":', 'cookie =', 'cookie='],
      near: [0, 4_096],
      pattern: /(?<=[;,:=] ?["']?)[\w.$%-]{1,80}=(?<secret>[^\s;,"'<>\\]{12,4000})/g,
      checks: ['random'],
    },
    {
      id: 'session-cookie',
      kind: 'cookie',
      keywords: ['session=', 'sessid=', 'sessionid=', 'sid=', 'phpsessid=', 'jsessionid=', 'connect.sid=', 'remember_token=', 'auth_token=', 'csrftoken=', 'xsrf-token='],
      near: [0, 600],
      pattern: /^[\w.-]{1,20}=(?<secret>[A-Za-z0-9%_.~:+/-]{16,500}={0,2})/i,
      checks: ['random'],
    },
  ],
};
