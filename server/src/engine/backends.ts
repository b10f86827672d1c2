import type { Backend } from '@clearreel/shared/enhance/backend';
import type { EncoderSettings } from '@clearreel/shared/media/encoder';
import type { ServerProvider } from '../inference/provider.ts';

/** What an attempt runs its models on. */
export interface Backends {
  open(
    providers: readonly ServerProvider[],
    settings: EncoderSettings,
  ): Promise<Backend<ServerProvider>>;
  /** Ends what was opened: after a failure nobody knows in which state it is. */
  drop(): Promise<void>;
}
