import type { Family } from '../family.ts';

export const rabbitmq: Family = {
  name: 'rabbitmq',
  title: 'RabbitMQ',
  source: 'https://www.rabbitmq.com/docs',
  words: ['erlang_cookie'],
};
