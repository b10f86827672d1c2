import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { Dictionary, FFmpegError, FormatContext } from 'node-av';

/**
 * The demuxers of files that people have. Not among them: playlists and scripts, which make FFmpeg open whatever
 * they name, and formats that take anything for a video.
 */
const demuxers = [
  ...['avi', 'mpeg', 'mpegts', 'mpegvideo', 'mov', 'mp4', 'm4a', '3gp', '3g2', 'mj2', 'matroska'],
  ...[
    'webm',
    'asf',
    'flv',
    'live_flv',
    'mxf',
    'gxf',
    'ogg',
    'rm',
    'dv',
    'nut',
    'nsv',
    'nuv',
    'wtv',
  ],
  ...[
    'ivf',
    'h264',
    'hevc',
    'vvc',
    'av1',
    'obu',
    'm4v',
    'h263',
    'vc1',
    'vc1test',
    'dirac',
    'mjpeg',
  ],
  ...['yuv4mpegpipe', 'gif', 'apng', 'webp_pipe', 'amv', 'bink', 'smk', 'roq', 'flic', 'film_cpk'],
  ...[
    'swf',
    'thp',
    'vivo',
    'mv',
    'ffm',
    'pmp',
    'avs2',
    'avs3',
    'cavsvideo',
    'ty',
    'r3d',
    'lxf',
    'mtv',
  ],
];

/**
 * Opens a file with FFmpeg, of which it sees nothing but its bytes.
 * @throws ClearReelError `SOURCE_UNREADABLE`
 */
export async function openInput(path: string): Promise<FormatContext> {
  const context = new FormatContext();
  try {
    const options = Dictionary.fromObject({
      protocol_whitelist: 'file',
      format_whitelist: demuxers.join(','),
    });
    FFmpegError.throwIfError(await context.openInput(`file:${path}`, null, options));
    FFmpegError.throwIfError(await context.findStreamInfo(null));
    return context;
  } catch (error) {
    await context.closeInput();
    const { message } = error as Error;
    throw new ClearReelError('SOURCE_UNREADABLE', { reason: message }, { cause: error });
  }
}
