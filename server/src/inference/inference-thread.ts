import { parentPort } from 'node:worker_threads';
import { reasonOf } from '@clearreel/shared/errors/clear-reel-error';
import type { InferenceSession } from 'onnxruntime-node';
import { createSession, runSession } from './session.ts';
import type { ThreadReply, ThreadRequest } from './thread-messages.ts';

const sessions = new Map<number, InferenceSession>();

async function answer(request: ThreadRequest): Promise<void> {
  const { model } = request;
  if (request.kind === 'load') {
    sessions.set(model, await createSession(request.bytes, request.provider, request.threads));
    return;
  }
  const session = sessions.get(model);
  if (!session) throw new Error('the model is not loaded');
  if (request.kind === 'run') return runSession(session, request.input, request.output);
  sessions.delete(model);
  await session.release();
}

let last: Promise<void> = Promise.resolve();

parentPort?.on('message', (request: ThreadRequest) => {
  const reply = (error: string | null) => parentPort?.postMessage({ error } satisfies ThreadReply);
  last = last
    .then(() => answer(request))
    .then(
      () => reply(null),
      (error: unknown) => reply(reasonOf(error)),
    );
});
