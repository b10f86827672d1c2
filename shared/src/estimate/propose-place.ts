import { choice } from '../notices/notice.ts';
import type { DetailValue, Text } from '../texts/text.ts';
import type { ProposeOptions } from './pick-model.ts';
import { type Proposal, propose } from './propose.ts';

/** A server that a job could go to, as far as its page knows it. */
export interface ServerOffer {
  readonly name: string;
  /** What is proposed there, by its own figures and limits. */
  readonly options: ProposeOptions;
  readonly uploadLimitBytes: number;
  /** To send the source; `null` where no speed is known yet. */
  readonly uploadSeconds: number | null;
}

const isText = (value: DetailValue | undefined): value is Text => typeof value === 'object';

/** What keeps this device from doing the job as it should be, or at all. */
function obstacleHere({ fits, place, size }: Proposal): Text | null {
  const { obstacle } = (fits ? size : place).why?.detail ?? {};
  return isText(obstacle) ? obstacle : null;
}

/**
 * What the app would do with this source, on this device or on a server. The server is proposed only where this device
 * is not enough and the server is: what need not leave the device stays there.
 */
export function proposePlace(device: ProposeOptions, offer: ServerOffer | null): Proposal {
  const here = propose(device);
  const obstacle = obstacleHere(here);
  if (!offer || !obstacle || device.facts.bytes > offer.uploadLimitBytes) return here;
  const there = propose(offer.options);
  const seconds = there.estimate.seconds + (offer.uploadSeconds ?? 0);
  if (!there.fits || seconds > offer.options.limits.seconds) return here;
  const detail = { server: offer.name, obstacle };
  return { ...there, place: choice('server', 'PLACE_SERVER', detail) };
}
