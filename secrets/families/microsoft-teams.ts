import type { Family } from '../family.ts';

export const microsoftTeams: Family = {
  name: 'microsoft-teams',
  title: 'Microsoft Teams',
  source: 'https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/',
  rules: [
    {
      id: 'webhook',
      kind: 'webhook',
      keywords: ['/webhook'],
      pattern: /\/webhookb?2?\/(?<secret>[A-Za-z0-9-]{36}@[A-Za-z0-9-]{36}\/IncomingWebhook\/[A-Za-z0-9]{20,40}\/[A-Za-z0-9-]{30,40}(?:\/[\w-]{1,60})?)/,
    },
    {
      id: 'workflow',
      kind: 'webhook',
      keywords: ['/workflows/'],
      pattern: /\/workflows\/[a-f0-9]{32}\/triggers\/\S{1,80}sig=(?<secret>[A-Za-z0-9_-]{40,50})/,
    },
  ],
};
