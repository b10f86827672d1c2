import { LowdbRepository } from './lowdb-repository.ts';
import { someFacts } from './suite/samples.testing.ts';

/** A process that keeps upload after upload and says each once it is kept, until it is killed. */
const [folder = '', run = ''] = process.argv.slice(2);
const repository = await LowdbRepository.open({ folder, maxAttempts: 3 });
for (let count = 0; ; count++) {
  const id = `00000000-0000-4000-8000-${run.padStart(4, '0')}${String(count).padStart(8, '0')}`;
  const expiresAtMs = count;
  await repository.createUpload({ id, sourceName: 'a'.repeat(2000), bytes: 1, expiresAtMs });
  await repository.completeUpload(id, { facts: someFacts, expiresAtMs });
  process.stdout.write(`${id}\n`);
}
