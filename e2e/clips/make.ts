import { statSync } from 'node:fs';
import { cached } from './clip.ts';
import { clips } from './index.ts';

for (const entry of clips) {
  try {
    const path = await cached(entry);
    console.log(`${entry.name.padEnd(28)} ${String(statSync(path).size).padStart(8)} B  ${path}`);
  } catch (error) {
    console.error(`${entry.name.padEnd(28)} ${error}`);
    process.exitCode = 1;
  }
}
