import { settingsSchema } from '../../server/src/config/settings.ts';

const begin = '<!-- settings:begin -->';
const end = '<!-- settings:end -->';

/** A default as one would write it into the environment; empty where there is none. */
function written(value: unknown): string {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return '';
  return `\`${Array.isArray(value) ? value.join(',') : String(value)}\``;
}

function settingsTable(): string {
  const rows = Object.entries(settingsSchema.shape).map(([name, setting]) => {
    const { data } = setting.safeParse(undefined);
    return `| \`${name}\` | ${written(data)} | ${setting.description ?? ''} |`;
  });
  return ['| setting | default | |', '| --- | --- | --- |', ...rows].join('\n');
}

/** The page with the table between its marks as the settings are now. */
export function withSettingsTable(page: string): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md needs ${begin} and ${end}`);
  return `${page.slice(0, from)}${begin}\n${settingsTable()}\n${page.slice(to)}`;
}
