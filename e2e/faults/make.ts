import { statSync } from 'node:fs';
import { cached } from '../clips/clip.ts';
import { faults } from './index.ts';

for (const entry of faults) {
  try {
    const path = await cached(entry);
    console.log(`${entry.name.padEnd(28)} ${String(statSync(path).size).padStart(8)} B  ${path}`);
  } catch (error) {
    console.error(`${entry.name.padEnd(28)} ${error}`);
    process.exitCode = 1;
  }
}
