import type { Family } from '../family.ts';

export const sonar: Family = {
  name: 'sonar',
  title: 'SonarQube and SonarCloud',
  source: 'https://docs.sonarsource.com/sonarqube-server/latest/user-guide/managing-tokens/',
  words: ['sonarqube', 'sonarcloud'],
  rules: [
    { id: 'token', keywords: ['squ_', 'sqp_', 'sqa_', 'sqb_'], pattern: /sq[upab]_[A-Za-z0-9]{40}/ },
    { id: 'login-property', keywords: ['sonar.login', 'sonar.token'], near: [0, 120], pattern: /^sonar\.(?:login|token)[=:] ?["']?(?<secret>[A-Za-z0-9_]{20,80})/ },
    { id: 'old-token', keywords: ['sonar'], near: [0, 60], pattern: /(?<![a-f0-9/#-])[a-f0-9]{40}(?![a-f0-9])/, checks: ['named-secret'] },
  ],
};
