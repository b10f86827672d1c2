import type { SourceFrame } from '@clearreel/shared/media/source';
import {
  AVERROR_EAGAIN,
  AVERROR_EOF,
  FFmpegError,
  Filter,
  type FilterContext,
  FilterGraph,
  FilterInOut,
  Frame,
} from 'node-av';
import { avFrameOf, avSample } from './av-sample.ts';

/** What a frame was before the filter, and is again behind it. */
type Stamps = Omit<SourceFrame, 'sample'>;

/**
 * Frames as a chain of FFmpeg's filters makes them, one for each that goes in, with the stamps that they had. `source`
 * is closed on every way out.
 */
export async function* filteredFrames(
  source: AsyncIterable<SourceFrame>,
  chain: string,
): AsyncGenerator<SourceFrame> {
  let filter: FrameFilter | null = null;
  const waiting: Stamps[] = [];
  async function* made(): AsyncGenerator<SourceFrame> {
    for (let frame = await filter?.next(); frame; frame = await filter?.next()) {
      const stamps = waiting.shift();
      if (!stamps) throw new Error('a filter made a frame of nothing');
      yield { ...stamps, sample: await avSample(frame, stamps.timestampSeconds) };
    }
  }
  try {
    for await (const { sample, ...stamps } of source) {
      try {
        const frame = avFrameOf(sample);
        if (filter && !filter.takes(frame)) {
          await filter.push(null);
          yield* made();
          filter.free();
          filter = null;
        }
        filter ??= await FrameFilter.open(chain, frame);
        waiting.push(stamps);
        await filter.push(frame);
      } finally {
        sample.close();
      }
      yield* made();
    }
    await filter?.push(null);
    yield* made();
  } finally {
    filter?.free();
  }
}

/** A chain for frames of one size and format. */
class FrameFilter {
  readonly #graph: FilterGraph;
  readonly #source: FilterContext;
  readonly #sink: FilterContext;
  readonly #shape: string;
  #frames = 0;

  private constructor(graph: FilterGraph, source: FilterContext, sink: FilterContext, of: Frame) {
    this.#graph = graph;
    this.#source = source;
    this.#sink = sink;
    this.#shape = shapeOf(of);
  }

  static async open(chain: string, frame: Frame): Promise<FrameFilter> {
    const graph = new FilterGraph();
    try {
      graph.alloc();
      const source = made(graph, 'buffer', 'in', `${shapeOf(frame)}:time_base=1/1000`);
      const sink = made(graph, 'buffersink', 'out', null);
      // A chain's input is what the graph gives out so far, and the other way round.
      const outputs = FilterInOut.createList([{ name: 'in', filterCtx: source, padIdx: 0 }]);
      const inputs = FilterInOut.createList([{ name: 'out', filterCtx: sink, padIdx: 0 }]);
      FFmpegError.throwIfError(graph.parsePtr(`[in]${chain}[out]`, inputs, outputs), chain);
      FFmpegError.throwIfError(await graph.config(), chain);
      return new FrameFilter(graph, source, sink, frame);
    } catch (error) {
      graph.free();
      throw error;
    }
  }

  takes(frame: Frame): boolean {
    return shapeOf(frame) === this.#shape;
  }

  /** `null` says that no more frames come. */
  async push(frame: Frame | null): Promise<void> {
    if (!frame) {
      FFmpegError.throwIfError(await this.#source.buffersrcAddFrame(null), 'buffersrcAddFrame');
      return;
    }
    using taken = frame.clone();
    if (!taken) throw new Error('no memory for a frame');
    // Even steps, since filters drop frames that come too close to one another.
    taken.pts = BigInt(40 * this.#frames++);
    FFmpegError.throwIfError(await this.#source.buffersrcAddFrame(taken), 'buffersrcAddFrame');
  }

  async next(): Promise<Frame | null> {
    const frame = new Frame();
    frame.alloc();
    const got = await this.#sink.buffersinkGetFrame(frame);
    if (got >= 0) return frame;
    frame.free();
    if (got === AVERROR_EAGAIN || got === AVERROR_EOF) return null;
    throw new FFmpegError(got);
  }

  free(): void {
    this.#graph.free();
  }
}

const shapeOf = ({ width, height, format, colorSpace, colorRange }: Frame) =>
  `video_size=${width}x${height}:pix_fmt=${format}:colorspace=${colorSpace}:range=${colorRange}`;

function made(
  graph: FilterGraph,
  kind: 'buffer' | 'buffersink',
  name: string,
  options: string | null,
): FilterContext {
  const filter = Filter.getByName(kind);
  const context = filter && graph.createFilter(filter, name, options);
  if (!context) throw new Error(`FFmpeg made no ${kind}`);
  return context;
}
