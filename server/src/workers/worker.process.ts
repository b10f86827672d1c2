import { z } from 'zod';
import { Engine } from '../engine/engine.ts';
import { serverProviders } from '../inference/provider.ts';
import { serveWorker } from './serve-worker.ts';

const aliveMs = 2_000;

const providers = z.array(z.enum(serverProviders)).min(1).parse(process.argv.slice(2));
const engine = new Engine();

serveWorker(
  {
    async run(run) {
      const { result, notices, ...figures } = await engine.runJob({ ...run, providers });
      const sideFiles = result.sideFiles.map((file) => ({ ...file }));
      return { outcome: { ...result, ...figures, sideFiles }, notices };
    },
  },
  aliveMs,
);
