import type { Family } from '../family.ts';

export const cloudinary: Family = {
  name: 'cloudinary',
  title: 'Cloudinary',
  source: 'https://cloudinary.com/documentation',
  words: ['cloudinary'],
};
