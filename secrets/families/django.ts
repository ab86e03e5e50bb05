import type { Family } from '../family.ts';

export const django: Family = {
  name: 'django',
  title: 'Django',
  source: 'https://docs.djangoproject.com/en/5.1/ref/settings/#secret-key',
  rules: [
    { id: 'secret-key', kind: 'key', keywords: ['django-insecure-'], pattern: /django-insecure-[^\s"'\\]{30,80}/ },
  ],
};
