import { registerMediabunnyServer } from '@mediabunny/server';
import { Logging, LogLevel } from 'mediabunny';
import { AV_LOG_QUIET, Log } from 'node-av';

/**
 * Gives mediabunny FFmpeg's coders, in software: what a machine's hardware makes of a stream is not known. Neither
 * writes to the terminal: what they find comes as errors and notices.
 */
export function prepareFfmpeg(): void {
  registerMediabunnyServer({ hardwareContext: null });
  Logging.level = LogLevel.Silent;
  Log.setLevel(AV_LOG_QUIET);
}
