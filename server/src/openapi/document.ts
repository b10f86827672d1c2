import { errorBodySchema } from '@clearreel/shared/api/errors';
import { factsSchema } from '@clearreel/shared/api/facts';
import { jobSchema, progressSchema } from '@clearreel/shared/api/job';
import { newJobSchema } from '@clearreel/shared/api/jobs';
import { apiBase, type Operation } from '@clearreel/shared/api/operation';
import { operations } from '@clearreel/shared/api/operations';
import { systemSchema } from '@clearreel/shared/api/system';
import { uploadSchema } from '@clearreel/shared/api/uploads';
import { errorTexts } from '@clearreel/shared/errors/codes';
import { jobSpecSchema } from '@clearreel/shared/spec/job-spec';
import { z } from 'zod';

type Json = Readonly<Record<string, unknown>>;

interface ParameterObject {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Json;
  readonly description?: string;
}

interface ResponseObject {
  readonly description: string;
  readonly content?: Json;
}

export interface OperationObject {
  readonly operationId: string;
  readonly summary: string;
  readonly security: readonly Json[];
  readonly parameters: readonly ParameterObject[];
  readonly requestBody?: { readonly required: true; readonly content: Json };
  readonly responses: Readonly<Record<string, ResponseObject>>;
}

/** What we use of OpenAPI 3.1. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Json>>;
    readonly securitySchemes: Json;
  };
}

/** Schemas that get a name. What a client sends may leave out what has a default, so a spec has two. */
const names = {
  output: new Map<z.ZodType, string>([
    [jobSchema, 'Job'],
    [jobSpecSchema, 'JobSpec'],
    [progressSchema, 'Progress'],
    [factsSchema, 'SourceFacts'],
    [uploadSchema, 'Upload'],
    [systemSchema, 'System'],
    [errorBodySchema, 'Error'],
  ]),
  input: new Map<z.ZodType, string>([
    [jobSpecSchema, 'NewJobSpec'],
    [newJobSchema, 'NewJob'],
  ]),
} as const;

type Direction = keyof typeof names;

const referenceTo = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

function jsonSchemaOf(schema: z.ZodType, io: Direction): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema, path }) {
      const name = names[io].get(zodSchema as unknown as z.ZodType);
      if (!name || path.length === 0) return;
      for (const key of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, key);
      Object.assign(jsonSchema, referenceTo(name));
    },
  });
  return json;
}

function schemaIn(schema: z.ZodType, io: Direction): Json {
  const name = names[io].get(schema);
  return name ? referenceTo(name) : jsonSchemaOf(schema, io);
}

const components = (): OpenApiDocument['components']['schemas'] =>
  Object.fromEntries(
    (['output', 'input'] as const).flatMap((io) =>
      [...names[io]].map(([schema, name]) => [name, jsonSchemaOf(schema, io)]),
    ),
  );

function parametersOf({ params, query, headers }: Operation): readonly ParameterObject[] {
  const places = [
    ['path', params],
    ['query', query],
    ['header', headers],
  ] as const;
  return places.flatMap(([place, schema]) =>
    Object.entries(schema?.shape ?? {}).map(([name, value]) => {
      const { description, ...schema } = jsonSchemaOf(value as z.ZodType, 'input');
      const required = !(value as z.ZodType).safeParse(undefined).success;
      const described = typeof description === 'string' ? { description } : {};
      return { name, in: place, required, schema, ...described };
    }),
  );
}

function bodyOf({ body, bodyMimeType }: Operation): Pick<OperationObject, 'requestBody'> {
  if (body) {
    const content = { 'application/json': { schema: schemaIn(body, 'input') } };
    return { requestBody: { required: true, content } };
  }
  if (bodyMimeType) return { requestBody: { required: true, content: { [bodyMimeType]: {} } } };
  return {};
}

function answersOf({ answers, errors }: Operation): OperationObject['responses'] {
  const described = Object.entries(answers).map(([status, { description, schema, mimeType }]) => {
    const content = schema
      ? { content: { 'application/json': { schema: schemaIn(schema, 'output') } } }
      : mimeType
        ? { content: { [mimeType]: {} } }
        : {};
    return [status, { description, ...content }];
  });
  const listed = errors.map((code) => `\`${code}\`: ${errorTexts[code].message}`);
  const error = {
    description: ['An error, as data.', ...listed].join('\n'),
    content: { 'application/json': { schema: referenceTo('Error') } },
  };
  return Object.fromEntries([...described, ['default', error]]);
}

const security: Readonly<Record<Operation['access'], readonly Json[]>> = {
  public: [],
  token: [{ token: [] }],
  link: [{ signature: [] }],
};

function describe(operationId: string, operation: Operation): OperationObject {
  return {
    operationId,
    summary: operation.summary,
    security: security[operation.access],
    parameters: parametersOf(operation),
    ...bodyOf(operation),
    responses: answersOf(operation),
  };
}

function pathsOf(entries: readonly [string, Operation][]): OpenApiDocument['paths'] {
  const paths: Record<string, Record<string, OperationObject>> = {};
  for (const [id, operation] of entries) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method]: describe(id, operation),
    };
  }
  return paths;
}

/** The HTTP interface as an OpenAPI 3.1 document. */
export function openApiDocument(version: string): OpenApiDocument {
  return {
    openapi: '3.1.1',
    info: {
      title: 'ClearReel server',
      version,
      description:
        'Uploads, jobs and their results. The access token is needed where the server has one: always, unless it listens on loopback only.',
    },
    servers: [{ url: apiBase }],
    paths: pathsOf(Object.entries(operations)),
    components: {
      schemas: components(),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        signature: { type: 'apiKey', in: 'query', name: 'signature' },
      },
    },
  };
}
