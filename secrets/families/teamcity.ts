import type { Family } from '../family.ts';

export const teamcity: Family = {
  name: 'teamcity',
  title: 'TeamCity',
  source: 'https://www.jetbrains.com/help/teamcity/configuring-your-user-profile.html',
  words: ['teamcity'],
  rules: [
    { id: 'token', keywords: ['eyJ0eXAiOiAiVENW'], pattern: /eyJ0eXAiOiAiVENWM[A-Za-z0-9._-]{60,200}/ },
  ],
};
