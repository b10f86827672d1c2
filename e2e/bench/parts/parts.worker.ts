import { coded } from './coded-frames.ts';
import { enhanced } from './model-work.ts';
import type {
  PartCalls,
  PartName,
  PartOptions,
  PartReply,
  PartRequest,
  Timed,
} from './protocol.ts';

type Part<Name extends PartName> = (file: File, options: PartOptions<Name>) => Promise<Timed>;

const parts: { [Name in keyof PartCalls]: Part<Name> } = { ...coded, ...enhanced };

self.addEventListener('message', async ({ data }: MessageEvent<PartRequest>) => {
  let reply: PartReply;
  try {
    const part = parts[data.name] as Part<PartName>;
    reply = { ok: true, timed: await part(data.file, data.options) };
  } catch (error) {
    reply = { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
  self.postMessage(reply);
});
