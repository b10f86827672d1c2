import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { Choice } from '@clearreel/shared/media/facts';
import type { IndexedPacket, MediaSource, SourceFrame } from '@clearreel/shared/media/source';
import { requireSaneSize } from '@clearreel/shared/media/video-facts';
import type { Steps } from '@clearreel/shared/pipeline/steps';
import { outputGeometry } from '@clearreel/shared/spec/geometry';
import { describeSource } from '../engine/inspect.ts';
import type { HostOptions, Provider } from '../jobs/job-record.ts';
import { engineImage } from '../media/engine-image.ts';
import { openSource } from '../media/open-source.ts';
import { frameAt, shownSize } from './frame-at.ts';
import { KeptEnhancers } from './kept-enhancers.ts';
import { isBlack, thumbnailOf } from './poster.ts';
import type {
  EnhancedPreview,
  OpenedPreview,
  PreviewFrame,
  PreviewParts,
  PreviewRequest,
} from './preview-api.ts';
import { showParts } from './show-parts.ts';
import { Turns } from './turns.ts';
import { decodedPoint, resultBitmap, turnedUpright } from './upright.ts';
import { warmUp } from './warm-up.ts';

interface Opened {
  readonly host: HostOptions;
  readonly source: MediaSource;
  readonly index: readonly IndexedPacket[];
}

/** A frame's pixels as the engine reads them, not turned. */
interface SourcePicture {
  readonly seconds: number;
  readonly image: ImageData;
}

/** Ends nothing. */
const never = new AbortController().signal;

/** The first part is shown at once, others together: where one processor does both, showing delays the model. */
const showEveryMs = 2000;

/** Parts of the length at which a frame to begin with is looked for. */
const posterPlaces = [0.1, 0.3, 0.5];

/**
 * Frames of one open file, and what the models make of them. Requests take turns; a newer one ends an older one, at
 * the next tile if a model runs. Not for two files at once: opening one closes the other.
 */
export class PreviewSession {
  readonly #showEveryMs: number;
  readonly #kept = new KeptEnhancers();
  readonly #reading = new Turns();
  readonly #modelling = new Turns();
  #opened: Opened | null = null;
  /** The frame decoded last, which is mostly the one that is wanted next. */
  #decoded: { readonly wantedSeconds: number; readonly frame: SourceFrame } | null = null;
  /** Begun before it is asked for: the page is busy then with showing what the file is. */
  #posterAhead: Promise<PreviewFrame> | null = null;
  #thumbnail: Promise<Blob | null> | null = null;
  #browsing = new AbortController();
  #enhancing = new AbortController();
  /** Whose frames the enhancers remember. */
  #enhanced: MediaSource | null = null;

  constructor({ showEveryMs: everyMs = showEveryMs } = {}) {
    this.#showEveryMs = everyMs;
  }

  /** Loads what the first preview needs; a file may be opened meanwhile. */
  warmUp(model: string, host: HostOptions): Promise<Choice<Provider>> {
    return this.#modelling.take(host.stallSeconds, never, ({ hold }) =>
      hold(warmUp(this.#kept, model, host.provider)),
    );
  }

  async open(file: File, host: HostOptions, signal: AbortSignal): Promise<OpenedPreview> {
    const ends = this.#newest(signal);
    const opened = await this.#reading.take(host.stallSeconds, ends, async ({ steps }) => {
      this.#closeSource();
      const source = await steps.run(
        'open',
        (progressed) => openSource(file, host.decoder, steps.signal, progressed),
        (late) => late.dispose(),
      );
      try {
        const index = await steps.run('open', () => source.packetIndex(steps.signal));
        const frameSeconds = Float64Array.from(index, ({ timestampSeconds }) => timestampSeconds);
        this.#opened = { host, source, index };
        return { ...describeSource(source), frameSeconds };
      } catch (error) {
        source.dispose();
        throw error;
      }
    });
    if (!ends.aborted) {
      this.#posterAhead = this.#findPoster(never);
      this.#posterAhead.catch(() => {}); // Whoever asks for it gets the error.
    }
    return opened;
  }

  poster(signal: AbortSignal): Promise<PreviewFrame> {
    const ahead = this.#posterAhead;
    this.#posterAhead = null;
    return ahead ?? this.#findPoster(signal);
  }

  #findPoster(signal: AbortSignal): Promise<PreviewFrame> {
    const { source, host, index } = this.#current();
    return this.#reading.take(host.stallSeconds, this.#newest(signal), async ({ steps }) => {
      const { video } = source.facts;
      let found: SourcePicture | null = null;
      for (const place of posterPlaces) {
        const seconds = index[Math.floor((index.length - 1) * place)]?.timestampSeconds ?? 0;
        found = await this.#picture(seconds, steps);
        if (!isBlack(found.image)) break;
      }
      if (!found) throw new Error('no place was looked at');
      const poster = await this.#shown(found);
      // A job can do without it, and so can the preview.
      this.#thumbnail = thumbnailOf(found.image, video, shownSize(video, video)).catch(() => null);
      return poster;
    });
  }

  /** Not a part of the poster, which nobody should wait for longer than for its pixels. */
  async thumbnail(): Promise<Blob | null> {
    return this.#thumbnail;
  }

  frame(seconds: number, signal: AbortSignal): Promise<PreviewFrame> {
    const { host } = this.#current();
    return this.#reading.take(host.stallSeconds, this.#newest(signal), async ({ steps }) =>
      this.#shown(await this.#picture(seconds, steps)),
    );
  }

  enhance(
    { seconds, enhance, codec, focus }: PreviewRequest,
    onParts: (parts: PreviewParts) => void,
    signal: AbortSignal,
  ): Promise<EnhancedPreview> {
    const startMs = performance.now();
    const { source, host } = this.#current();
    const ends = this.#newestEnhancing(signal);
    const { video } = source.facts;
    const geometry = outputGeometry(video, enhance.target, codec);
    requireSaneSize(geometry.width, geometry.height);
    return this.#modelling.take(host.stallSeconds, ends, async ({ steps, hold }) => {
      if (this.#enhanced !== source) this.#kept.reset();
      this.#enhanced = source;
      const { enhancer, backend } = await steps.run('prepare', () =>
        hold(
          this.#kept.take({
            ...{ enhance, sourceSize: video, outputSize: geometry, provider: host.provider },
          }),
        ),
      );
      const frame = await this.#reading.take(host.stallSeconds, steps.signal, (reading) =>
        this.#decode(seconds, reading.steps),
      );
      const secondsBefore = enhancer.stats.inferenceSeconds;
      const showing = async (progressed: () => void): Promise<EnhancedPreview> => {
        const sample = await enhancer.enhance(frame, {
          signal: steps.signal,
          focus: decodedPoint(focus, video, video),
          progressed,
          onTile: showParts({
            video,
            strength: enhance.strength,
            everyMs: this.#showEveryMs,
            onParts,
          }),
        });
        const bitmap = await resultBitmap(sample, video);
        this.#kept.settle();
        return {
          seconds: frame.timestampSeconds,
          bitmap,
          shownSize: shownSize(video, geometry),
          provider: backend.provider,
          modelMs: 1000 * (enhancer.stats.inferenceSeconds - secondsBefore),
          totalMs: performance.now() - startMs,
        };
      };
      return steps.run(
        'enhance',
        (progressed) => hold(showing(progressed)),
        (late) => late.bitmap.close(),
      );
    });
  }

  /** Closes the file; models stay loaded. */
  async close(): Promise<void> {
    this.#newest(never);
    await this.#reading.take(0, never, async () => this.#closeSource());
    await this.#modelling.take(0, never, async () => this.#kept.reset());
  }

  async dispose(): Promise<void> {
    await this.close();
    await this.#kept.dispose();
  }

  /** Handles not released yet, for the leak test. */
  live() {
    return this.#kept.live();
  }

  #current(): Opened {
    if (!this.#opened) throw new Error('no file is open');
    return this.#opened;
  }

  #closeSource(): void {
    this.#forgetFrame();
    this.#thumbnail = null;
    this.#opened?.source.dispose();
    this.#opened = null;
  }

  /** Ends every older request. */
  #newest(signal: AbortSignal): AbortSignal {
    this.#posterAhead?.then(
      ({ bitmap }) => bitmap.close(),
      () => {},
    );
    this.#posterAhead = null;
    this.#browsing.abort(new ClearReelError('CANCELLED'));
    this.#enhancing.abort(new ClearReelError('CANCELLED'));
    this.#browsing = new AbortController();
    return AbortSignal.any([signal, this.#browsing.signal]);
  }

  /** Ends an older enhancement. */
  #newestEnhancing(signal: AbortSignal): AbortSignal {
    this.#enhancing.abort(new ClearReelError('CANCELLED'));
    this.#enhancing = new AbortController();
    return AbortSignal.any([signal, this.#enhancing.signal]);
  }

  async #picture(wantedSeconds: number, steps: Steps): Promise<SourcePicture> {
    const { sample, isUntagged, timestampSeconds } = await this.#decode(wantedSeconds, steps);
    try {
      return { seconds: timestampSeconds, image: await engineImage(sample, isUntagged) };
    } finally {
      sample.close();
    }
  }

  async #shown({ seconds, image }: SourcePicture): Promise<PreviewFrame> {
    const { video } = this.#current().source.facts;
    return { seconds, bitmap: turnedUpright(await createImageBitmap(image), video) };
  }

  /** The caller closes the frame's sample. */
  async #decode(seconds: number, steps: Steps): Promise<SourceFrame> {
    if (this.#decoded?.wantedSeconds !== seconds) {
      const { source, index } = this.#current();
      const frame = await steps.run(
        'decode',
        () => frameAt(source, index, seconds, steps.signal),
        (late) => late.sample.close(),
      );
      this.#forgetFrame();
      this.#decoded = { wantedSeconds: seconds, frame };
    }
    const { frame } = this.#decoded;
    return { ...frame, sample: frame.sample.clone() };
  }

  #forgetFrame(): void {
    this.#decoded?.frame.sample.close();
    this.#decoded = null;
  }
}
