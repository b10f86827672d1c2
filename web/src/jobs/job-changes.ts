type Listener = (ids: readonly string[]) => void;

const listeners = new Set<Listener>();
let channel: BroadcastChannel | null = null;

function opened(): BroadcastChannel {
  if (!channel) {
    channel = new BroadcastChannel('clearreel-jobs');
    channel.onmessage = ({ data }: MessageEvent<readonly string[]>) => tell(data);
  }
  return channel;
}

function tell(ids: readonly string[]): void {
  for (const listener of listeners) listener(ids);
}

/** Says that stored jobs have changed, here, in workers and in other tabs. A channel does not hear itself. */
export function announceJobs(ids: readonly string[]): void {
  tell(ids);
  opened().postMessage(ids);
}

/** Follows changes of stored jobs, wherever they are made, until the returned function is called. */
export function onJobsChanged(listener: Listener): () => void {
  opened();
  listeners.add(listener);
  return () => listeners.delete(listener);
}
