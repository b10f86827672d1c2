// Run by `probe.ts` in a process of its own, so that a driver that crashes, hangs or chatters harms nobody.
import { reasonOf } from '@clearreel/shared/errors/clear-reel-error';
import { variantOf } from '@clearreel/shared/models/catalogue';
import { defaultModel } from '@clearreel/shared/spec/default-model';
import { findModel, readModel } from './models.ts';
import type { ServerProvider } from './provider.ts';
import { createSession, runSession } from './session.ts';

const side = 32;
const values = (width: number) => new Float32Array(3 * width * width).fill(0.5);

async function probe(provider: ServerProvider): Promise<number> {
  const entry = findModel(defaultModel);
  const { input, output, scale } = entry;
  const bytes = await readModel(entry, variantOf(entry, 'fp32'));
  const session = await createSession(bytes, provider, 0);
  const given = { name: input.name, data: values(side), shape: [1, 3, side, side] };
  const wide = scale * side;
  const made = { name: output.name, data: values(wide), shape: [1, 3, wide, wide] };
  await runSession(session, given, made); // The first run compiles.
  const startMs = performance.now();
  await runSession(session, given, made);
  const tookMs = performance.now() - startMs;
  if (!made.data.every((value) => Number.isFinite(value))) throw new Error('it gave no numbers');
  return tookMs;
}

const answer = await probe(process.argv[2] as ServerProvider).then(
  (tookMs) => ({ tookMs }),
  (error: unknown) => ({ error: reasonOf(error) }),
);
process.stdout.write(JSON.stringify(answer), () => process.exit(0));
