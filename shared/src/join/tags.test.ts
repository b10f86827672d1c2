import { AttachedFile } from 'mediabunny';
import { expect, test } from 'vitest';
import type { MediaSource } from '../media/source.ts';
import { jobSpecSchema, type OutputContainer } from '../spec/job-spec.ts';
import { attachmentsLeftOut } from './tags.ts';

const font = new AttachedFile(new Uint8Array(4), 'font/ttf', 'subtitles.ttf');
const source = { facts: { container: 'mkv' }, tags: { raw: { 7: font, TITLE: 'a title' } } };

const leftOut = (container: OutputContainer) =>
  attachmentsLeftOut(
    source as unknown as MediaSource,
    jobSpecSchema.parse({ version: 1, enhance: {}, output: { container, codec: 'av1' } }),
  );

test('12.5 a font attached to Matroska is named where the result cannot hold it', () => {
  expect(leftOut('mp4')).toEqual(['subtitles.ttf']);
});

test('12.5 a font attached to Matroska goes along into Matroska', () => {
  expect(leftOut('mkv')).toEqual([]);
});
