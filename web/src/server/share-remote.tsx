import { Share2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { showFailure } from '../app/failures.tsx';
import { useT } from '../i18n/language.ts';
import { canShare, share } from '../job/save.ts';
import { fetchRemote, type ReceivedSoFar, type RemoteFile } from './save-remote.ts';
import type { ServerClient } from './server-client.ts';
import { TransferBar } from './transfer-bar.tsx';

/** Chromium shares no more than this at once, and a phone has to hold it in memory. */
const mostBytes = 50 * 1024 ** 2;

interface ShareRemoteProps {
  readonly client: ServerClient;
  readonly file: RemoteFile & { readonly mimeType: string };
}

/**
 * Shares a result that lies on a server, where the platform can. A click counts for a moment only, in which the file is
 * not here yet: one press fetches it, the next one shares it.
 */
export function ShareRemote({ client, file }: ShareRemoteProps) {
  const t = useT();
  const [received, setReceived] = useState<ReceivedSoFar | null>(null);
  const [fetched, setFetched] = useState<File | null>(null);
  const leaving = useRef(new AbortController());
  useEffect(() => {
    leaving.current = new AbortController();
    return () => leaving.current.abort();
  }, []);
  const { fileName, bytes } = file;
  // Platforms know types without the names of codecs behind them.
  const mimeType = file.mimeType.replace(/;.*/, '');
  if (bytes > mostBytes || !canShare(new File([], fileName, { type: mimeType }))) return null;
  const fetchIt = async () => {
    const { signal } = leaving.current;
    setReceived({ receivedBytes: 0, totalBytes: bytes });
    try {
      setFetched(await fetchRemote(client, { ...file, mimeType }, signal, setReceived));
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      setReceived(null);
    }
  };
  const act = () => (fetched ? share(fetched) : fetchIt()).catch(showFailure);
  return (
    <>
      {received && (
        <TransferBar label={t('job.share')} text="server.fetching" received={received} />
      )}
      <button
        type="button"
        className="button-quiet"
        aria-disabled={received !== null}
        onClick={() => received === null && void act()}
      >
        <Share2 size={16} aria-hidden />
        {t(fetched ? 'server.shareNow' : 'job.share')}
      </button>
    </>
  );
}
