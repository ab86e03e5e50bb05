import type { Family } from '../family.ts';

export const zhipu: Family = {
  name: 'zhipu',
  title: 'Zhipu AI',
  source: 'https://docs.bigmodel.cn/cn/api/introduction',
  words: ['zhipu', 'zhipuai', 'bigmodel', 'zaiapi'],
  rules: [
    { id: 'api-key', keywords: ['zhipu', 'bigmodel', 'zai_', 'glm'], near: [0, 100], pattern: /(?<![A-Za-z0-9])[a-f0-9]{32}\.[A-Za-z0-9]{16}(?![A-Za-z0-9])/ },
  ],
};
