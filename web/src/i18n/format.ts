import { currentLanguage } from './language.ts';

const number = (options: Intl.NumberFormatOptions) =>
  new Intl.NumberFormat(currentLanguage(), options);

export const formatNumber = (value: number, digits = 0): string =>
  number({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);

export const formatPercent = (share: number): string =>
  number({ style: 'percent', maximumFractionDigits: 0 }).format(share);

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Decimal units, as file managers and disks have them. */
export function formatBytes(bytes: number): string {
  const power = Math.min(byteUnits.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1000 ** power;
  const maximumFractionDigits = power < 2 || value >= 100 ? 0 : 1;
  return number({ style: 'unit', unit: byteUnits[power] ?? 'byte', maximumFractionDigits }).format(
    value,
  );
}

const unit = (value: number, name: 'hour' | 'minute' | 'second', digits = 0) =>
  number({
    style: 'unit',
    unit: name,
    unitDisplay: 'short',
    maximumFractionDigits: digits,
  }).format(value);

/** `2 hr 5 min`, `3 min 20 sec`, `4.2 sec`: the two largest units that matter. */
export function formatDuration(seconds: number): string {
  if (seconds < 10) return unit(seconds, 'second', 1);
  const whole = Math.round(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  if (hours > 0) return `${unit(hours, 'hour')} ${unit(minutes, 'minute')}`;
  if (minutes > 0) return `${unit(minutes, 'minute')} ${unit(whole % 60, 'second')}`;
  return unit(whole, 'second');
}

/** `1:02:03.4`, as players show a position. */
export function formatPosition(seconds: number): string {
  const tenths = Math.round(seconds * 10);
  const hours = Math.floor(tenths / 36_000);
  const minutes = Math.floor((tenths % 36_000) / 600);
  const rest = ((tenths % 600) / 10).toFixed(1).padStart(4, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

export const formatDate = (ms: number): string =>
  new Intl.DateTimeFormat(currentLanguage(), { dateStyle: 'medium', timeStyle: 'short' }).format(
    ms,
  );
