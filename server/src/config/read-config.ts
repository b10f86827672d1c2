import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { because } from '@clearreel/shared/notices/reasons';
import { mustBe } from '@clearreel/shared/spec/spec-problem';
import { type ServerProvider, serverProviders } from '../inference/provider.ts';
import type { LogLevel } from '../log/logger.ts';
import { isLoopback } from '../security/loopback.ts';
import { type SettingName, settingsSchema } from './settings.ts';

const bytesPerGb = 1e9;

/** The settings in the units that the server works with. */
export interface ServerConfig {
  readonly host: string;
  readonly port: number;
  readonly dataFolder: string;
  /** `generate` stands for one that is made at the first start. */
  readonly token: string | null;
  readonly hosts: readonly string[];
  readonly origins: readonly string[];
  readonly servers: readonly string[];
  readonly trustedProxies: number;
  readonly providers: readonly ServerProvider[];
  /** `null`: as many as there are devices. */
  readonly workers: number | null;
  readonly uploadLimitBytes: number;
  readonly uploadHours: number;
  readonly linkMinutes: number;
  readonly retentionDays: number;
  readonly leftoverDays: number;
  readonly keptFreeBytes: number;
  readonly requestsPerMinute: number;
  readonly logLevel: LogLevel;
}

type Environment = Readonly<Record<string, string | undefined>>;

const defaultDataFolder = ({ XDG_DATA_HOME }: Environment): string =>
  join(XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'clearreel');

/** A variable that is set to nothing counts as not set, as shells and compose files have it. */
const given = (environment: Environment): Environment =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));

const forms: Partial<Record<SettingName, ReturnType<typeof because>>> = {
  CLEARREEL_TOKEN: because('TOKEN_FORM'),
  CLEARREEL_HOSTS: because('HOST_NAMES'),
  CLEARREEL_ORIGINS: because('OF_TYPE', { type: 'URL' }),
  CLEARREEL_SERVERS: because('OF_TYPE', { type: 'URL' }),
  CLEARREEL_PROVIDERS: because('ONE_OF', { values: serverProviders.join(', ') }),
};

function parse(environment: Environment) {
  const result = settingsSchema.safeParse(given(environment));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (!issue) throw result.error;
  const option = String(issue.path[0]) as SettingName;
  throw new ClearReelError('SETTING_INVALID', { option, mustBe: forms[option] ?? mustBe(issue) });
}

/** @throws ClearReelError `SETTING_INVALID` with the setting's name and what it must be. */
export function readConfig(environment: Environment): ServerConfig {
  const settings = parse(environment);
  const config: ServerConfig = {
    host: settings.HOST,
    port: settings.PORT,
    dataFolder: resolve(settings.CLEARREEL_DATA ?? defaultDataFolder(environment)),
    token: settings.CLEARREEL_TOKEN ?? null,
    hosts: settings.CLEARREEL_HOSTS,
    origins: settings.CLEARREEL_ORIGINS,
    servers: settings.CLEARREEL_SERVERS,
    trustedProxies: settings.CLEARREEL_TRUSTED_PROXIES,
    providers: settings.CLEARREEL_PROVIDERS,
    workers: settings.CLEARREEL_WORKERS ?? null,
    uploadLimitBytes: settings.CLEARREEL_UPLOAD_LIMIT_GB * bytesPerGb,
    uploadHours: settings.CLEARREEL_UPLOAD_HOURS,
    linkMinutes: settings.CLEARREEL_LINK_MINUTES,
    retentionDays: settings.CLEARREEL_RETENTION_DAYS,
    leftoverDays: settings.CLEARREEL_LEFTOVER_DAYS,
    keptFreeBytes: settings.CLEARREEL_KEEP_FREE_GB * bytesPerGb,
    requestsPerMinute: settings.CLEARREEL_REQUESTS_PER_MINUTE,
    logLevel: settings.CLEARREEL_LOG_LEVEL,
  };
  if (!isLoopback(config.host) && config.token === null) {
    throw new ClearReelError('SETTING_INVALID', {
      option: 'CLEARREEL_TOKEN',
      mustBe: because('TOKEN_NEEDED', { host: config.host }),
    });
  }
  return config;
}
