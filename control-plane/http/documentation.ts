import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { App } from './app.ts';

/** Everything the page needs comes from this server; it talks to nobody else. */
const pagePolicy = [
  "default-src 'none'",
  "connect-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'", // swagger-ui sets style attributes
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** `/openapi.json` from the routes' own schemas, and a page to read and try it at `/docs`. */
export async function documentation(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'dd0c', version, description: 'What drifted, who moved it and whether it matters.', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'An API token: `dd0c api-tokens create`' } } },
      security: [{ token: [] }],
      tags: [
        { name: 'drift', description: 'Stacks, their reports and findings' },
        { name: 'fleet', description: 'Agents, their certificates and the tokens with which they join' },
        { name: 'authority', description: 'The certificate authority of the installation: rotation, and custody of its keys' },
        { name: 'audit', description: 'What happened, verifiable by anybody' },
        { name: 'runbooks', description: 'Runbooks, their executions, and what people approve' },
        { name: 'access', description: 'API tokens' },
        { name: 'operations', description: 'For load balancers and monitoring; no token' },
      ],
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => onlyUsedSchemas(jsonSchemaTransformObject(document)),
  });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: pagePolicy,
    uiConfig: { tryItOutEnabled: true },
    theme: { title: 'dd0c API' },
  });
}

/** Drops the schemas that no route refers to: each is generated for requests and answers, and most serve one of them. */
function onlyUsedSchemas(document: ReturnType<typeof jsonSchemaTransformObject>): ReturnType<typeof jsonSchemaTransformObject> {
  const { components, paths } = document as { components?: { schemas?: Record<string, unknown> }; paths?: unknown };
  const schemas = components?.schemas ?? {};
  const used = new Set<string>();
  const visit = (part: unknown): void => {
    for (const [, name] of JSON.stringify(part ?? {}).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (name === undefined || used.has(name)) continue;
      used.add(name);
      visit(schemas[name]);
    }
  };
  visit(paths);
  const kept = Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name)));
  return { ...document, components: { ...components, schemas: kept } } as ReturnType<typeof jsonSchemaTransformObject>;
}
