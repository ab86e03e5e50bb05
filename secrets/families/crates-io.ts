import type { Family } from '../family.ts';

export const cratesIo: Family = {
  name: 'crates-io',
  title: 'crates.io',
  source: 'https://doc.rust-lang.org/cargo/reference/registries.html',
  words: ['crates_io', 'cratesio'],
  rules: [
    { id: 'token', keywords: ['cio'], pattern: /cio[A-Za-z0-9]{32}/, checks: ['mixed'] },
  ],
};
