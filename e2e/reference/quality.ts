import { ffmpeg } from './ffmpeg.ts';
import { matrixOf } from './picture.ts';
import { probeVideo } from './probe.ts';

export type Quality = {
  /** One value a frame pair, in the order of display. */
  perFrame: number[];
  mean: number;
};

export type ComparisonOptions = {
  /** Both are brought to this size (bicubic) first; needed where they differ. */
  scale?: { width: number; height: number };
  /** Both are brought to BT.709 first, so that another matrix alone is no difference. */
  anyMatrix?: boolean;
};

/**
 * Luma PSNR in dB, frame by frame; `Infinity` for identical frames. Code values are compared:
 * another matrix counts as a difference, another range does not.
 */
export function psnr(
  first: string,
  second: string,
  options: ComparisonOptions = {},
): Promise<Quality> {
  return compare('psnr', /psnr_y:(\S+)/, first, second, options);
}

/** Luma SSIM between 0 and 1, frame by frame. */
export function ssim(
  first: string,
  second: string,
  options: ComparisonOptions = {},
): Promise<Quality> {
  return compare('ssim', /Y:(\S+)/, first, second, options);
}

async function compare(
  filter: 'psnr' | 'ssim',
  value: RegExp,
  first: string,
  second: string,
  { scale, anyMatrix = false }: ComparisonOptions,
): Promise<Quality> {
  const prepare = async (path: string) => {
    const size = scale ? [`${scale.width}:${scale.height}`] : [];
    const matrix = anyMatrix
      ? [`in_color_matrix=${matrixOf(await probeVideo(path))}:out_color_matrix=bt709`]
      : [];
    const change = [...size, ...matrix];
    const rescale = change.length
      ? `scale=${[...change, 'flags=bicubic+accurate_rnd'].join(':')},`
      : '';
    // The filters pair frames by timestamp; numbering the frames pairs them by position instead.
    return `${rescale}format=yuv420p,setsar=1,settb=1/25,setpts=N`;
  };
  const [a, b] = [await prepare(first), await prepare(second)];
  const graph = `[0:v:0]${a}[a];[1:v:0]${b}[b];[a][b]${filter}=stats_file=-:shortest=1`;
  const inputs = [first, second].flatMap((path) => ['-noautorotate', '-i', path]);
  const report = await ffmpeg([...inputs, '-filter_complex', graph, '-f', 'null', '-']);
  const perFrame = report
    .toString()
    .split('\n')
    .flatMap((line) => value.exec(line)?.[1] ?? [])
    .map((text) => (text === 'inf' ? Number.POSITIVE_INFINITY : Number(text)));
  const mean = perFrame.reduce((sum, each) => sum + each, 0) / perFrame.length;
  return { perFrame, mean };
}
