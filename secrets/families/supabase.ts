import type { Family } from '../family.ts';

export const supabase: Family = {
  name: 'supabase',
  title: 'Supabase',
  source: 'https://supabase.com/docs/guides/api/api-keys',
  words: ['supabase'],
  rules: [
    { id: 'token', keywords: ['sbp_', 'sb_secret_'], pattern: /sbp_(?:v0_)?[a-f0-9]{40}|sb_secret_[A-Za-z0-9_-]{20,60}/ },
  ],
};
