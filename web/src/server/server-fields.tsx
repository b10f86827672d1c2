import { type FormEvent, useEffect, useId, useState } from 'react';
import { showFailure } from '../app/failures.tsx';
import { formatBytes, formatNumber } from '../i18n/format.ts';
import { type Translate, useT } from '../i18n/language.ts';
import { errorText } from '../i18n/texts.ts';
import { readAddress, setServer, tokenFor, useServerPreferences } from './server-preferences.ts';
import { type ServerState, useServer } from './server-store.ts';

/** Which server jobs may go to, its token, and what it says of itself. */
export function ServerFields({ onConnected }: { onConnected?(): void }) {
  const t = useT();
  const [addressId, tokenId, hintId] = [useId(), useId(), useId()];
  const preferred = useServerPreferences((state) => state.address);
  const server = useServer();
  const [address, setAddress] = useState(preferred ?? '');
  const [token, setToken] = useState(tokenFor(server.address) ?? '');
  const [isRefused, setRefused] = useState(false);
  useEffect(() => void useServer.getState().look(), []);
  const connect = async (event: FormEvent) => {
    event.preventDefault();
    const wanted = address.trim() === '' ? null : readAddress(address);
    const isAddress = wanted !== null || address.trim() === '';
    setRefused(!isAddress);
    if (!isAddress) return;
    setServer(wanted === location.origin ? null : wanted, token.trim());
    const { look } = useServer.getState();
    await look();
    if (useServer.getState().status === 'ready') onConnected?.();
  };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => void connect(event).catch(showFailure)}
    >
      <div className="grid items-end gap-3 sm:grid-cols-2">
        <div className="flex flex-col gap-1">
          <label htmlFor={addressId} className="text-sm font-medium">
            {t('server.address')}
          </label>
          <input
            id={addressId}
            className="field"
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            placeholder={location.origin}
            aria-describedby={hintId}
            aria-invalid={isRefused}
            value={address}
            onChange={({ target }) => setAddress(target.value)}
          />
        </div>
        <div className="flex flex-col gap-1">
          <label htmlFor={tokenId} className="text-sm font-medium">
            {t('server.token')}
          </label>
          <input
            id={tokenId}
            className="field"
            type="password"
            autoComplete="off"
            value={token}
            onChange={({ target }) => setToken(target.value)}
          />
        </div>
      </div>
      <p id={hintId} className="text-xs text-muted">
        {isRefused ? t('server.badAddress') : t('server.addressHint')}
      </p>
      <div className="flex flex-wrap items-center gap-3">
        <button type="submit" className="button-quiet">
          {t('server.connect')}
        </button>
        <p className="min-w-0 grow text-sm" role="status" data-server={server.status}>
          {statusText(t, server)}
        </p>
      </div>
      {server.status === 'ready' && server.system && (
        <p className="text-xs text-muted">
          {t('server.limits', {
            size: formatBytes(server.system.limits.uploadBytes),
            days: formatNumber(server.system.limits.retentionDays),
          })}{' '}
          {t('server.models', { names: server.system.models.map(({ name }) => name).join(', ') })}
        </p>
      )}
    </form>
  );
}

function statusText(t: Translate, { status, system, error, address }: ServerState): string {
  if (status === 'ready' && system) {
    const [provider] = system.workers.flatMap((worker) => worker.provider?.value ?? []);
    return t('server.found', {
      device: system.device.name,
      provider: provider ?? system.providers.join(', '),
      queued: formatNumber(system.queue.queued),
    });
  }
  // Where another server's CORS rules refuse, a browser says no more than where there is none.
  const isMuffled = error?.code === 'SERVER_AWAY' && address !== location.origin;
  if (error && !isMuffled) {
    const { message, todo } = errorText(t, error);
    return `${message} ${todo}`;
  }
  if (status === 'needsToken') return t('server.needsToken');
  if (error) return t('server.awayText', { server: address });
  return t(status === 'unknown' ? 'server.unknown' : 'server.absent');
}
