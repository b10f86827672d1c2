import { apiBase } from '@clearreel/shared/api/operation';
import type { Paths } from '@clearreel/shared/api/paths';
import createClient from 'openapi-fetch';

/** The typed client that the app uses too. */
export const apiClient = (origin: string) =>
  createClient<Paths>({ baseUrl: `${origin}${apiBase}` });
