import type { Family } from '../family.ts';

export const slack: Family = {
  name: 'slack',
  title: 'Slack',
  source: 'https://api.slack.com/authentication/token-types',
  words: ['slack_bot', 'slack_signing'],
  rules: [
    {
      id: 'token',
      keywords: ['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-', 'xoxo-', 'xoxe-', 'xoxe.', 'xoxc-', 'xapp-', 'xoxd-', 'xwfp-', 'xoxbot-'],
      pattern: /xox[a-z]{1,3}[-.](?:xox[bp]-)?[A-Za-z0-9%+/\\=_-]{10,400}|xapp-\d-[A-Za-z0-9-]{20,200}|xwfp-[A-Za-z0-9-]{20,200}/,
    },
    {
      id: 'webhook',
      kind: 'webhook',
      keywords: ['hooks.slack.com'],
      pattern: /hooks\.slack(?:-gov)?\.com(?<secret>\/(?:services|workflows|triggers)\/[A-Za-z0-9]{6,24}\/[A-Za-z0-9]{6,24}(?:\/[A-Za-z0-9]{10,48}){0,2})/,
    },
  ],
};
