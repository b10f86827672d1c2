import { statSync } from 'node:fs';
import { cached } from './clip.ts';
import { clips } from './index.ts';

for (const entry of clips) {
  const path = await cached(entry);
  console.log(`${entry.name.padEnd(24)} ${String(statSync(path).size).padStart(8)} B  ${path}`);
}
