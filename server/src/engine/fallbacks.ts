import type { Fallback, Fallbacks } from '@clearreel/shared/pipeline/recovery';

const toCpu: Fallback = { part: 'provider', value: 'cpu' };

/** FFmpeg's coders are the only ones here: where one fails it is tried again, and then given up. */
export const serverFallbacks: Fallbacks = {
  codes: {
    DEVICE_LOST: [toCpu],
    INFERENCE_FAILED: [toCpu],
    ENCODER_FAILED: [],
    DECODER_FAILED: [],
  },
  stages: { prepare: [toCpu], enhance: [toCpu] },
};
