import { z } from 'zod';
import { serverProviders } from '../inference/provider.ts';
import { logLevels } from '../log/logger.ts';

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);

/** As browsers write them: without a path, not even its slash. */
const origins = list.pipe(
  z.array(
    // Compared as a whole: one with a wildcard would match nothing.
    z.url({ protocol: /^https?$/, hostname: /^[^*]+$/ }).transform((url) => new URL(url).origin),
  ),
);

const whole = (lowest: number, highest: number) =>
  z.coerce.number<string>().int().min(lowest).max(highest);

const positive = (highest: number) => z.coerce.number<string>().positive().max(highest);

/**
 * All settings, by the environment variable that gives each. Descriptions are for the table that `npm run settings`
 * writes; in it a default that depends on the machine is told by the description.
 */
export const settingsSchema = z.object({
  HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('Address to listen on. Anything but loopback needs `CLEARREEL_TOKEN`.'),
  PORT: whole(0, 65_535).default(4173).describe('Port to listen on; 0 takes any that is free.'),
  CLEARREEL_DATA: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Folder for uploads, jobs and results. Without it `clearreel` in `XDG_DATA_HOME`, or in `~/.local/share`.',
    ),
  CLEARREEL_TOKEN: z
    .string()
    .regex(/^(generate|[\w.~+/=-]{16,256})$/)
    .optional()
    .describe(
      'Access token that clients have to send: 16 to 256 letters, digits or `-._~+/=`. `generate` makes one, keeps it in the data folder and prints it once.',
    ),
  CLEARREEL_HOSTS: list
    .pipe(z.array(z.string().regex(/^([\w.-]+|\[?[\da-f:]+\]?)$/i)))
    .default([])
    .describe('Further host names that the server answers under, with commas between them.'),
  CLEARREEL_ORIGINS: origins
    .default([])
    .describe(
      'Origins of pages elsewhere that may use this server (`https://app.example`), with commas between them.',
    ),
  CLEARREEL_SERVERS: origins
    .default([])
    .describe(
      'Origins of other servers that the page served from here may send jobs to (`https://gpu.example`), with commas between them. Each has to name this one in its own `CLEARREEL_ORIGINS`.',
    ),
  CLEARREEL_TRUSTED_PROXIES: whole(0, 10)
    .default(0)
    .describe('How many proxies stand in front, so that limits count clients and not the proxy.'),
  CLEARREEL_PROVIDERS: list
    .pipe(z.array(z.enum(serverProviders)).min(1))
    .default([...serverProviders])
    .describe('What models run on, in the order in which it is tried.'),
  CLEARREEL_WORKERS: whole(1, 64)
    .optional()
    .describe('Worker processes. Without it one for each GPU, or one for the processor.'),
  CLEARREEL_UPLOAD_LIMIT_GB: positive(10_000).default(5).describe('Largest upload.'),
  CLEARREEL_UPLOAD_HOURS: positive(8760)
    .default(24)
    .describe('After so long without a job an upload goes, finished or not.'),
  CLEARREEL_LINK_MINUTES: positive(10_080)
    .default(60)
    .describe('How long the links to results and pictures hold.'),
  CLEARREEL_RETENTION_DAYS: positive(36_500)
    .default(30)
    .describe('Ended jobs older than this go, with all their files.'),
  CLEARREEL_LEFTOVER_DAYS: positive(36_500)
    .default(1)
    .describe(
      'So long after its end a failed or cancelled job can go on where it stopped; then its parts go, and a retry begins anew.',
    ),
  CLEARREEL_KEEP_FREE_GB: z.coerce
    .number<string>()
    .nonnegative()
    .default(2)
    .describe('Disk space that uploads leave free.'),
  CLEARREEL_REQUESTS_PER_MINUTE: whole(10, 1_000_000)
    .default(600)
    .describe('Requests that one client may send in a minute; uploaded pieces count too.'),
  CLEARREEL_LOG_LEVEL: z
    .enum(logLevels)
    .default('info')
    .describe('How much is logged, to standard error as JSON.'),
});

export type SettingName = keyof z.infer<typeof settingsSchema>;
