import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { Choice } from '@clearreel/shared/media/facts';
import { choice } from '@clearreel/shared/notices/notice';
import { because } from '@clearreel/shared/notices/reasons';
import type { Text } from '@clearreel/shared/texts/text';
import { type Probe, probeProvider } from './probe.ts';
import { providerNames, type ServerProvider } from './provider.ts';

/** Of the processor's time: below it a GPU is taken for real, since small inputs do not show what it can do. */
export const slowTimes = 10;
const slowMs = 100;

/** The processor is the measure of all others, and needs no trial of its own where it is wanted. */
async function obstacleTo(
  provider: ServerProvider,
  isLastResort: boolean,
  probe: (provider: ServerProvider) => Promise<Probe>,
): Promise<Text | null> {
  const { tookMs, obstacle } = await probe(provider);
  if (obstacle) return obstacle;
  if (provider === 'cpu' || isLastResort || tookMs < slowMs) return null;
  const processor = await probe('cpu');
  if (processor.obstacle || tookMs < slowTimes * processor.tookMs) return null;
  return because('PROBE_SLOW', { times: Math.round(tookMs / processor.tookMs) });
}

/**
 * The first provider of the list that works here, tried with a real model. One that is slower than the processor by far
 * is passed over unless nothing follows it.
 *
 * @throws ClearReelError PROVIDER_MISSING when none works
 */
export async function chooseProvider(
  wanted: readonly ServerProvider[],
  probe = probeProvider,
): Promise<Choice<ServerProvider>> {
  const obstacles: Text[] = [];
  for (const [position, provider] of wanted.entries()) {
    const obstacle = await obstacleTo(provider, position === wanted.length - 1, probe);
    if (!obstacle) return chosen(provider, wanted, obstacles);
    obstacles.push(because('PROVIDER_OBSTACLE', { provider: providerNames[provider], obstacle }));
  }
  throw new ClearReelError('PROVIDER_MISSING', {
    provider: wanted.map((provider) => providerNames[provider]).join(', '),
    reason: together(obstacles) ?? because('NO_SUCH_PROVIDER'),
  });
}

function chosen(
  provider: ServerProvider,
  wanted: readonly ServerProvider[],
  obstacles: readonly Text[],
): Choice<ServerProvider> {
  const name = { provider: providerNames[provider] };
  const obstacle = together(obstacles);
  if (provider === 'cpu' && obstacle) return choice(provider, 'CPU_WORKS', { obstacle });
  return wanted.length === 1
    ? choice(provider, 'PROVIDER_WANTED', name)
    : choice(provider, 'PROVIDER_WORKS', name);
}

const together = (obstacles: readonly Text[]): Text | null =>
  obstacles.reduce<Text | null>(
    (first, second) => (first ? because('OBSTACLES', { first, second }) : second),
    null,
  );
