import { formatBytes } from '../progress/format.ts';

/**
 * A text as data: a page translates it by `code` and `detail`; `message` is the English sentence, filled, for everything
 * else that reads it. Codes are unique across all tables of texts, so a text can stand in another one's detail.
 */
export interface Text {
  readonly code: string;
  readonly detail: Detail;
  readonly message: string;
}

export type DetailValue = string | number | Text;

export type Detail = Readonly<Record<string, DetailValue>>;

type PlaceholderIn<Template extends string> =
  Template extends `${string}{${infer Name}}${infer Rest}` ? Name | PlaceholderIn<Rest> : never;

/** What has to be given to fill a template: every placeholder, and nothing where there is none. */
export type DetailFor<Template extends string> = Readonly<
  Record<PlaceholderIn<Template>, DetailValue>
>;

/** Arguments that end with a template's detail, which may be left out where it has no placeholder. */
export type WithDetail<First extends readonly unknown[], Template extends string> = [
  PlaceholderIn<Template>,
] extends [never]
  ? First
  : [...First, detail: DetailFor<Template>];

export type FormatValue = (name: string, value: DetailValue) => string;

/** Numbers are formatted by the unit that their name ends with. */
const inEnglish: FormatValue = (name, value) => {
  if (typeof value === 'object') return value.message;
  if (typeof value === 'string') return value;
  if (/bytes$/i.test(name)) return formatBytes(value);
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
};

/** Fills `{name}` from the detail. A value that ends with a full stop does not double the template's own. */
export const fill = (template: string, detail: Detail, format: FormatValue = inEnglish): string =>
  template.replace(/\{(\w+)\}(\.?)/g, (whole, name: string, stop: string) => {
    const value = detail[name];
    if (value === undefined) return whole;
    const text = format(name, value);
    return stop ? text.replace(/\.?$/, stop) : text;
  });

/** The names of a template's placeholders. */
export const placeholdersOf = (template: string): readonly string[] =>
  [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

export const isFilledBy = (template: string, detail: Detail): boolean =>
  placeholdersOf(template).every((name) => name in detail);
