import type { Family } from '../family.ts';

export const openweather: Family = {
  name: 'openweather',
  title: 'OpenWeather',
  source: 'https://openweathermap.org/appid',
  words: ['openweather', 'pyowm'],
};
