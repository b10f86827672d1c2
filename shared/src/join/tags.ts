import { AttachedFile, type MetadataTags } from 'mediabunny';
import type { MediaSource } from '../media/source.ts';
import type { JobSpec, OutputContainer } from '../spec/job-spec.ts';

type RawTags = NonNullable<MetadataTags['raw']>;

/** Where a container keeps the date as its author wrote it: a year stays a year. */
const dateKeys: Record<OutputContainer, string> = {
  mp4: '©day',
  mov: '©day',
  mkv: 'DATE',
  webm: 'DATE',
};

/**
 * Items of the iTunes list. Other boxes that lie beside it (chapters, track names) are no tags; copied as such
 * they come out as nonsense.
 */
const isListItem = (key: string) =>
  /^(©(?!too|enc)...|cprt|desc|ldes|tv(?:en|es|nn|sh|sn)|stik|hdvd|gnre|keyw|catg|cpil|pgap|rtng|so(?:aa|al|ar|co|nm|sn))$/.test(
    key,
  );

/** Tags and cover art; the container's own names for the rest only where the container stays the same. */
export function portableTags({ tags, facts }: MediaSource, { output }: JobSpec): MetadataTags {
  const { raw = {}, images, date, ...common } = tags;
  const kept: RawTags = facts.container === output.container ? ownTags(raw, output.container) : {};
  const dateText = Object.values(dateKeys)
    .map((key) => raw[key])
    .find(isText);
  if (dateText) kept[dateKeys[output.container]] = dateText;
  return {
    ...common,
    ...(date && !dateText && { date }),
    ...(images && output.container !== 'webm' && { images }),
    ...(Object.keys(kept).length > 0 && { raw: kept }),
  };
}

/** Names of attached files (fonts, mostly) that the result cannot take along: only Matroska has a place for them. */
export function attachmentsLeftOut({ tags, facts }: MediaSource, { output }: JobSpec): string[] {
  if (facts.container === output.container) return [];
  return Object.values(tags.raw ?? {}).flatMap((value) =>
    value instanceof AttachedFile ? [value.name ?? value.mimeType ?? 'unnamed'] : [],
  );
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

function ownTags(raw: RawTags, container: OutputContainer): RawTags {
  if (container === 'mkv' || container === 'webm') return { ...raw };
  return Object.fromEntries(Object.entries(raw).filter(([key]) => isListItem(key)));
}
