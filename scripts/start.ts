import { ensureBuilt } from './build/app-build.ts';

await ensureBuilt();
await import('../server/src/main.ts');
