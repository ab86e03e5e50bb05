import type { Family } from '../family.ts';

export const mapbox: Family = {
  name: 'mapbox',
  title: 'Mapbox',
  source: 'https://docs.mapbox.com/help/glossary/access-token/',
  words: ['mapbox'],
  rules: [
    { id: 'token', keywords: ['sk.eyJ', 'pk.eyJ', 'tk.eyJ'], pattern: /[spt]k\.eyJ[A-Za-z0-9_-]{50,200}\.[A-Za-z0-9_-]{20,40}/ },
  ],
};
