import { env, InferenceSession, Tensor } from 'onnxruntime-node';
import type { ServerProvider } from './provider.ts';
import type { TensorData } from './thread-messages.ts';

// onnxruntime writes to the process's standard error; what goes wrong is thrown as well.
env.logLevel = 'fatal';

const logFatalOnly = 4;

export const createSession = (
  bytes: Uint8Array,
  provider: ServerProvider,
  threads: number,
): Promise<InferenceSession> =>
  InferenceSession.create(bytes, {
    executionProviders: [provider],
    intraOpNumThreads: threads,
    logSeverityLevel: logFatalOnly,
  });

const tensorOf = ({ data, shape }: TensorData) => new Tensor('float32', data, shape);

/** Fills `output`. Blocks the thread: the binding computes synchronously. */
export async function runSession(
  session: InferenceSession,
  input: TensorData,
  output: TensorData,
): Promise<void> {
  await session.run({ [input.name]: tensorOf(input) }, { [output.name]: tensorOf(output) });
}
