import type { OutputContainer } from './job-spec.ts';

/** Matroska and its subset WebM: stamps of whole milliseconds, none below zero. */
export const isMatroska = (container: OutputContainer): boolean =>
  container === 'mkv' || container === 'webm';
