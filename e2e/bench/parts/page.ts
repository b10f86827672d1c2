import type { PartReply, PartRequest, PartsPage } from './protocol.ts';

const worker = new Worker(new URL('./parts.worker.ts', import.meta.url), { type: 'module' });

(globalThis as PartsPage).runPart = async (name, options) => {
  const file = document.querySelector<HTMLInputElement>('#file')?.files?.[0];
  if (!file) throw new Error('no file is picked');
  const reply = await new Promise<PartReply>((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => resolve({ ok: false, message });
    worker.postMessage({ name, options, file } as PartRequest);
  });
  if (!reply.ok) throw new Error(reply.message);
  return reply.timed;
};
