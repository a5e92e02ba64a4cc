/** The OpenAPI document, made from the list of routes and the contracts in `shared/api`. */
import { Hono } from 'hono';
import { z } from 'zod';
import { errorSchema } from '../../shared/api/errors.ts';
import { type Endpoint, endpoints } from './endpoints.ts';

export function openapiRoutes(): Hono {
  // Made once: the list does not change while the process runs.
  const document = openapiDocument();
  return new Hono().get('/openapi.json', (c) => c.json(document));
}

export function openapiDocument() {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of endpoints) {
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method]: operation(endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Duizhao', version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'duizhao.session_token' } } },
    paths,
  };
}

function operation({ path, summary, query, body, answer, status = 200, open }: Endpoint) {
  return {
    summary,
    security: open === true ? [] : [{ session: [] }],
    parameters: [...pathParameters(path), ...queryParameters(query)],
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: shapeOf(body, 'input') } } } }),
    responses: {
      [status]: { description: 'Done', content: content(answer) },
      default: {
        description: 'An expected no',
        content: { 'application/json': { schema: shapeOf(errorSchema, 'output') } },
      },
    },
  };
}

function pathParameters(path: string) {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters(query: z.ZodObject | undefined) {
  return Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    // Every part of a query that has no default and is not optional must be given.
    required: !z.safeParse(schema, undefined).success,
    schema: shapeOf(schema, 'input'),
  }));
}

function content(answer: Endpoint['answer']) {
  if (answer === undefined) return {};
  if (typeof answer === 'string') return { [answer]: { schema: { type: 'string' } } };
  return { 'application/json': { schema: shapeOf(answer, 'output') } };
}

/** Ids and other checked strings have no JSON Schema of their own: they are strings to whoever asks. */
function shapeOf(schema: z.core.$ZodType, io: 'input' | 'output') {
  const { $schema: _, ...shape } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === 'custom') jsonSchema.type = 'string';
    },
  });
  return shape;
}
