import type { SourceFacts, VideoFacts } from '../media/facts.ts';
import type { JobSpec } from '../spec/job-spec.ts';
import { usualFramesPerSecond } from '../spec/sequence-rate.ts';

/** Rates of television that people write rounded. */
const televisionRates = [24, 30, 48, 60, 120, 240].map((rate) => ({ rate, exact: rate / 1.001 }));

/** How far a written rate may be from the exact one: 23.98 means 24000/1001. */
const roundedBy = 0.005;

/** A clock on which every picture's time is a whole number. */
interface FrameClock {
  readonly ticksPerSecond: number;
  readonly ticksPerFrame: number;
}

function clockOf(framesPerSecond: number): FrameClock {
  const television = televisionRates.find(
    ({ exact }) => Math.abs(exact - framesPerSecond) < roundedBy,
  );
  return television
    ? { ticksPerSecond: television.rate * 1000, ticksPerFrame: 1001 }
    : { ticksPerSecond: Math.round(framesPerSecond * 1000), ticksPerFrame: 1000 };
}

/** Start of picture `position`, which is also the end of the one before. */
export function pictureSeconds(position: number, framesPerSecond: number): number {
  const { ticksPerSecond, ticksPerFrame } = clockOf(framesPerSecond);
  return (position * ticksPerFrame) / ticksPerSecond;
}

export type RateFacts = Required<
  Pick<VideoFacts, 'ticksPerSecond' | 'averageFrameRate' | 'constantFrameRate'>
>;

export function rateFacts(framesPerSecond: number): RateFacts {
  const { ticksPerSecond, ticksPerFrame } = clockOf(framesPerSecond);
  const rate = ticksPerSecond / ticksPerFrame;
  return { ticksPerSecond, averageFrameRate: rate, constantFrameRate: rate };
}

/** Facts of the same sequence at another rate, without reading it again. Facts of other sources stay as they are. */
export function factsAtRate(
  facts: SourceFacts,
  { framesPerSecond = usualFramesPerSecond }: JobSpec['input'] = {},
): SourceFacts {
  const { container, video, durationSeconds } = facts;
  if (container !== 'images') return facts;
  const pictures = Math.round(durationSeconds * video.averageFrameRate);
  return {
    ...facts,
    durationSeconds: pictureSeconds(pictures, framesPerSecond),
    video: { ...video, ...rateFacts(framesPerSecond) },
  };
}
