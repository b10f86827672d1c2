import { registerMediabunnyServer } from '@mediabunny/server';
import { AV_LOG_QUIET, Log } from 'node-av';

/**
 * Gives mediabunny FFmpeg's coders, in software: what a machine's hardware makes of a stream is not known. FFmpeg
 * says nothing to the terminal, since what it finds comes as errors and notices.
 */
export function prepareFfmpeg(): void {
  registerMediabunnyServer({ hardwareContext: null });
  Log.setLevel(AV_LOG_QUIET);
}
