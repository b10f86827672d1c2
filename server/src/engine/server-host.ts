import { codecString } from '@clearreel/shared/encode/codec-string';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { EncoderSettings } from '@clearreel/shared/media/encoder';
import type { SourceFacts } from '@clearreel/shared/media/facts';
import { choice } from '@clearreel/shared/notices/notice';
import type { JobHost } from '@clearreel/shared/prepare/check-job';
import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { encoderKinds, rateFor } from '../encode/codecs.ts';
import { NodeAvEncoder } from '../encode/node-av-encoder.ts';
import { serverAudioAbilities } from '../media/audio-abilities.ts';
import { requireFreeDisk } from '../storage/disk-error.ts';
import { specHost } from './spec-host.ts';

/** This machine as the rules of a job see it. */
export const serverHost = (
  { output: { codec, quality } }: JobSpec,
  facts: SourceFacts,
  workFolder: string,
): JobHost<'node-av'> => ({
  ...specHost(facts),
  audio: serverAudioAbilities,
  requireFreeBytes: (bytes) => requireFreeDisk(workFolder, bytes),
  async chooseEncoder({ geometry: { width, height }, frameRate, colour }) {
    const { hdrMetadata } = facts.video;
    const { bitDepth, tags } = colour;
    const settings: EncoderSettings = {
      encoder: 'node-av',
      codec,
      codecString: codecString(codec, { width, height }, frameRate, bitDepth),
      ...{ width, height, frameRate, bitDepth, colour: tags },
      ...(bitDepth > 8 && hdrMetadata && { hdrMetadata }),
      rate: rateFor(codec, quality),
    };
    // Opening it is the only way to know whether it takes the size.
    const trial = await NodeAvEncoder.open(settings).catch((cause: unknown) => {
      throw new ClearReelError('ENCODER_MISSING', { codec, width, height }, { cause });
    });
    trial.close();
    const { name } = encoderKinds[codec];
    return { ...choice('node-av', 'ENCODER_NODE_AV', { codec, name }), settings };
  },
});
