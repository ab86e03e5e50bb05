import type { Family } from '../family.ts';

export const azure: Family = {
  name: 'azure',
  title: 'Microsoft Azure',
  source: 'https://learn.microsoft.com/en-us/purview/sit-defn-azure-storage-account-key',
  rules: [
    {
      id: 'client-secret',
      kind: 'key',
      keywords: ['q~'],
      near: [5, 40],
      pattern: /(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}\dQ~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~.-])/,
    },
    {
      id: 'storage-key',
      kind: 'key',
      keywords: ['accountkey', 'account_key', 'account-key', 'storage_key', 'storagekey', 'core.windows.net', 'primary_access_key', 'secondary_access_key', 'azure_storage'],
      near: [120, 240],
      pattern: /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{86}==(?![A-Za-z0-9+/=])(?<!sha512.{0,8}.{88})/,
      checks: ['mixed'],
    },
    {
      id: 'identifiable-key',
      kind: 'key',
      keywords: ['+ASt', 'AzCa', 'AzSe', 'azfu', '+arm', '+amc', '+aiot', '+aeh', 'acs', 'jqqj99'],
      near: [80, 60],
      pattern: /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{30,84}(?:\+ASt|AzCa|AzSe|AzFu|ACDb|\+ARm|\+AMC|\+AIoT|\+AEh|\+ASb|\+ACR|JQQJ9[A-Z0-9])[A-Za-z0-9+/]{3,40}={0,2}(?![A-Za-z0-9+/=])/,
      checks: ['mixed'],
    },
    { id: 'sas-signature', keywords: ['sig='], pattern: /sig=(?<secret>[A-Za-z0-9%+/_-]{40,120}={0,2})/ },
    {
      id: 'devops-pat',
      keywords: ['azuredevops', 'azure_devops', 'azure-devops', 'ado_', 'vsts', 'visualstudio.com', 'dev.azure.com', 'system_accesstoken'],
      near: [0, 120],
      pattern: /(?<![A-Za-z0-9])[a-z2-7]{52}(?![A-Za-z0-9])/,
    },
    { id: 'devops-pat-v2', keywords: ['azdo'], near: [90, 20], pattern: /(?<![A-Za-z0-9])[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}/ },
    { id: 'function-key', kind: 'key', keywords: ['code='], pattern: /code=(?<secret>[A-Za-z0-9_/+%-]{40,70}={0,2})/, checks: ['mixed'] },
    {
      id: 'app-configuration',
      kind: 'key',
      keywords: ['azconfig.io'],
      near: [0, 200],
      pattern: /Secret=(?<secret>[A-Za-z0-9+/]{36,100}={0,2})/,
    },
    {
      id: 'subscription-key',
      kind: 'key',
      keywords: ['cognitiveservices.azure.com', 'ocp-apim', 'openai.azure.com'],
      near: [0, 200],
      pattern: /(?<![A-Za-z0-9])(?:[a-f0-9]{32}|[A-Za-z0-9]{84})(?![A-Za-z0-9])/,
    },
  ],
};
