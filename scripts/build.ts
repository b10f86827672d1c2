import { ensureBuilt } from './build/app-build.ts';

await ensureBuilt();
