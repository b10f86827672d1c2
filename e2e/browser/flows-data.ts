import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Of the server that the flows share; one for each run, since one server at a time may have it. */
export const flowsDataFolder = (): string => join(tmpdir(), `clearreel-flows-${process.pid}`);

/** After all flows. */
export default function removeFlowsData(): void {
  rmSync(flowsDataFolder(), { recursive: true, force: true });
}
