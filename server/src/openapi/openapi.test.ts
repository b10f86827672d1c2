import { operations } from '@clearreel/shared/api/operations';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, runApp } from '../app.testing.ts';
import { openApiDocument } from './document.ts';

let app: RunningApp;

beforeAll(async () => {
  app = await runApp();
});

afterAll(() => app[Symbol.asyncDispose]());

describe('server 7. the interface describes itself', () => {
  test('server 7.1 as OpenAPI 3.1 that is valid', async () => {
    const response = await fetch(`${app.origin}/api/v1/openapi.json`);
    const document = await response.json();
    expect(document).toMatchObject({ openapi: '3.1.1', info: { version: '1.2.3' } });
    const { valid, errors } = await new Validator().validate(document);
    expect(errors ?? '').toBe('');
    expect(valid).toBe(true);
  });

  test('server 7.2 with every operation and every reference', () => {
    const document = openApiDocument('0');
    const ids = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(ids.sort()).toEqual(Object.keys(operations).sort());
    const references = JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g);
    const named = new Set([...references].map(([, name]) => name));
    expect([...named].sort()).toEqual(Object.keys(document.components.schemas).sort());
  });

  test('server 7.3 with what may be left out as such', () => {
    const { NewJobSpec, JobSpec } = openApiDocument('0').components.schemas;
    const requiredOf = (schema: unknown) =>
      (schema as { properties: { enhance: { required?: string[] } } }).properties.enhance.required;
    expect(requiredOf(JobSpec)).toContain('strength');
    expect(requiredOf(NewJobSpec) ?? []).not.toContain('strength');
  });

  test('server 7.4 on a page that needs no script and no other origin', async () => {
    const response = await fetch(`${app.origin}/api/v1/docs`);
    const page = await response.text();
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-/,
    );
    expect(page).not.toMatch(/<script|\bsrc=|href="(?!#|\/)/);
    for (const { summary } of Object.values(operations)) {
      expect(page).toContain(summary.replaceAll("'", '&#39;'));
    }
  });
});
