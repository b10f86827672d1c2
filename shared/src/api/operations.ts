import { watchJob, watchJobs } from './events.ts';
import { readFrame, readResult, readSideFile, readSource, readThumbnail } from './files.ts';
import { cancelJob, createJob, deleteJob, listJobs, retryJob, showJob } from './jobs.ts';
import { readNewestFrame, showNewestFrame } from './newest.ts';
import { createPreview, readPreview } from './previews.ts';
import { probeLive, probeReady, readMetrics, readOpenApi, showSystem } from './system.ts';
import {
  askUpload,
  beginUpload,
  continueUpload,
  deleteUpload,
  showUpload,
  uploadSmall,
} from './uploads.ts';

/** The whole HTTP interface, by operation id. */
export const operations = {
  beginUpload,
  askUpload,
  continueUpload,
  showUpload,
  deleteUpload,
  uploadSmall,
  createJob,
  listJobs,
  showJob,
  cancelJob,
  retryJob,
  deleteJob,
  watchJobs,
  watchJob,
  readResult,
  readSideFile,
  readSource,
  readThumbnail,
  readFrame,
  showNewestFrame,
  readNewestFrame,
  createPreview,
  readPreview,
  probeLive,
  probeReady,
  showSystem,
  readMetrics,
  readOpenApi,
} as const;
