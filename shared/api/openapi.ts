import { z } from 'zod';
import { contract, type RouteKey } from './contract.ts';
import { FILE_ROUTES, type FileRouteKey } from './file-routes.ts';
import { PROBLEM_CODES } from './problem.ts';
import { ROUTE_AND_FILE_RULES, type RouteRule } from './route-rules.ts';
import { ROUTE_TOPICS, ROUTE_WORDS } from './route-words.ts';
import { ruleWords } from './rule-words.ts';

type Json = Readonly<Record<string, unknown>>;

/** Of one route, as far as the readable page uses it; the rest is as OpenAPI has it. */
export interface OpenApiRoute {
  readonly tags: readonly string[];
  readonly summary: string;
  readonly 'x-who': string;
  readonly security: readonly Json[];
  readonly parameters: readonly {
    readonly name: string;
    readonly in: 'path' | 'query';
    readonly required: boolean;
    readonly schema: Json;
  }[];
  readonly requestBody?: { readonly required: true; readonly content: Json };
  readonly responses: Json;
}

export interface OpenApi {
  readonly openapi: '3.1.0';
  readonly info: Json;
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiRoute>>>>;
  readonly components: Json;
}

const FILES = 'Files';
/** Counts up when a program that kept to the one before would fail. */
const INTERFACE_VERSION = '1';

/**
 * The interface as OpenAPI 3.1 describes one, made of the table of routes, so
 * that it says what the server does.
 * @param publicUrl where people reach the service
 */
export function describeInterface(publicUrl: string): OpenApi {
  const paths: Record<string, Record<string, OpenApiRoute>> = {};
  const put = (key: string, route: OpenApiRoute) => {
    const [method = '', pattern = ''] = key.split(' ');
    const path = pattern.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [method.toLowerCase()]: route };
  };
  for (const key of Object.keys(contract) as RouteKey[]) put(key, routeOf(key));
  for (const key of Object.keys(FILE_ROUTES) as FileRouteKey[]) put(key, fileOf(key));
  return {
    openapi: '3.1.0',
    info: {
      title: 'Casebook',
      version: INTERFACE_VERSION,
      description:
        'What the pages of Casebook use, and programs may. Ids of new things are made by the caller, ' +
        'so that a call can be repeated without a second effect. Texts of sections travel over the ' +
        'socket at /collab, not here.',
    },
    servers: [{ url: publicUrl }],
    tags: [...ROUTE_TOPICS, FILES].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token, made on the page of your account.' },
        page: { type: 'apiKey', in: 'cookie', name: 'casebook.session_token' },
      },
      schemas: { Problem: PROBLEM },
    },
  };
}

const PROBLEM: Json = {
  type: 'object',
  description: 'Why not (RFC 9457).',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: PROBLEM_CODES },
    detail: { type: 'string', description: 'In words for people.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { path: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

function routeOf(key: RouteKey): OpenApiRoute {
  const route: { body: z.ZodType; bytes?: number; query?: z.ZodType; reply: z.ZodType } = contract[key];
  const [topic, line] = ROUTE_WORDS[key];
  const takesBody = !key.startsWith('GET ') && !key.startsWith('DELETE ');
  const query = route.query ? queryOf(route.query) : [];
  return {
    tags: [topic],
    summary: line,
    ...accessOf(ROUTE_AND_FILE_RULES[key]),
    parameters: [...pathOf(key), ...query],
    ...(takesBody && {
      requestBody: {
        required: true,
        content:
          route.bytes === undefined
            ? { 'application/json': { schema: schemaOf(route.body, 'input') } }
            : { 'application/octet-stream': {} },
      },
    }),
    responses: answers({ 'application/json': { schema: schemaOf(route.reply, 'output') } }),
  };
}

function fileOf(key: FileRouteKey): OpenApiRoute {
  const { type, about } = FILE_ROUTES[key];
  const query =
    key === 'GET /api/studies/:studyId/audit.csv'
      ? queryOf(contract['GET /api/studies/:studyId/audit'].query.omit({ before: true }))
      : [];
  return {
    tags: [FILES],
    summary: about,
    ...accessOf(ROUTE_AND_FILE_RULES[key]),
    parameters: [...pathOf(key), ...query],
    responses: answers({ [type]: {} }),
  };
}

function answers(content: Json): Json {
  const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return {
    200: { description: 'Done.', content },
    default: { description: 'Refused, with the reason.', content: problem },
  };
}

function pathOf(key: string): OpenApiRoute['parameters'] {
  return [...key.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryOf(type: z.ZodType): OpenApiRoute['parameters'] {
  const { properties = {}, required = [] } = schemaOf(type, 'output') as {
    properties?: Readonly<Record<string, Json>>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

function schemaOf(type: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io, unrepresentable: 'any' });
  return schema;
}

function accessOf(rule: RouteRule): Pick<OpenApiRoute, 'x-who' | 'security'> {
  const token = rule.kind === 'page' || rule.kind === 'team-page' ? [] : [{ token: [] }];
  const security = rule.kind === 'anyone' ? [] : [...token, { page: [] }];
  return { 'x-who': ruleWords(rule), security };
}
