import { spawnSync } from 'node:child_process';
import { installDebianPackage } from './debian-packages.ts';

function runs(tool: string): boolean {
  return spawnSync(tool, ['-version'], { stdio: 'ignore' }).status === 0;
}

/**
 * The tests judge output files by FFmpeg's own tools, which share no code with the app.
 *
 * @throws {Error} `ffmpeg_missing` when they are missing and could not be installed
 */
export function ensureMediaTools(): void {
  if (runs('ffmpeg') && runs('ffprobe')) return;
  installDebianPackage('ffmpeg');
  if (runs('ffmpeg') && runs('ffprobe')) return;
  throw new Error(
    'ffmpeg_missing: the tests need ffmpeg and ffprobe on the PATH (Debian: apt-get install ffmpeg; macOS: brew install ffmpeg).',
  );
}
