import type { Size } from '../frameops/contract.ts';
import type { VideoFacts } from './facts.ts';

type Turn = Pick<VideoFacts, 'rotation'>;

/** Whether width and height of the decoded picture change places when it is shown. */
export const isTurned = ({ rotation }: Turn): boolean => rotation === 90 || rotation === 270;

/** The size of a decoded picture as it is shown, or the other way round. */
export const uprightSize = ({ width, height }: Size, turn: Turn): Size =>
  isTurned(turn) ? { width: height, height: width } : { width, height };
