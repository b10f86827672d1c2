import type { ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import type { Detail } from '@clearreel/shared/texts/text';
import { version } from '../../package.json';

/** Details that may say something about the user's file: its name is nobody's business. */
const privateDetails: ReadonlySet<string> = new Set(['name', 'file', 'path']);

/** A decoder's own words may quote the file. */
const fileName = /[^\s"'`/\\:]+\.(?:[a-z][a-z0-9]{1,4})\b/gi;

const withoutNames = (detail: Detail): Detail =>
  Object.fromEntries(
    Object.entries(detail)
      .filter(([key]) => !privateDetails.has(key))
      .map(([key, value]) => [
        key,
        typeof value === 'string' ? value.replace(fileName, '…') : value,
      ]),
  );

async function adapterName(): Promise<string> {
  const adapter = await navigator.gpu?.requestAdapter().catch(() => null);
  const { vendor, architecture } = adapter?.info ?? {};
  return [vendor, architecture].filter(Boolean).join(' ') || 'none';
}

/** What a developer needs to know of an error; nothing of the file's name or content. */
export async function bugReport({ code, detail }: ErrorReport): Promise<string> {
  const { userAgent, hardwareConcurrency, language } = navigator;
  const facts = {
    app: `ClearReel ${version}`,
    code,
    detail: withoutNames(detail),
    browser: userAgent,
    cores: hardwareConcurrency,
    gpu: await adapterName(),
    isolated: crossOriginIsolated,
    language,
    page: location.hash.replace(/[0-9a-f-]{36}/g, '…'),
  };
  return JSON.stringify(facts, null, 2);
}
