import { Cron } from 'croner';
import type { Logger } from '../log/logger.ts';

/** Keeps house now and each night, when few are at work. */
export function keepHouseNightly(keepHouse: () => Promise<unknown>, log: Logger): () => void {
  const run = async () => {
    try {
      await keepHouse();
    } catch (error) {
      log.error({ err: error }, 'the house could not be put in order');
    }
  };
  void run();
  const nights = new Cron('30 3 * * *', { unref: true }, run);
  return () => nights.stop();
}
