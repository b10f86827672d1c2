import { isIP } from 'node:net';
import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import type { RequestHandler } from 'express';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Host name of a `Host` header or an origin, without brackets and port; `null` where it is none. */
function nameIn(address: string): string | null {
  const url = URL.parse(address.includes('://') ? address : `http://${address}`);
  return url ? url.hostname.replace(/^\[|\]$/g, '') : null;
}

/**
 * Refuses names that are not this server's: a page elsewhere can point a name of its own at this machine (DNS
 * rebinding), but not an IP address or `localhost`.
 */
export function checkHost(hosts: readonly string[]): RequestHandler {
  const names = new Set(['localhost', ...hosts].map((name) => name.toLowerCase()));
  return (request, _response, next) => {
    const given = request.headers.host ?? '';
    const name = nameIn(given);
    if (name && (isIP(name) !== 0 || names.has(name))) return next();
    throw new ClearReelError('HOST_REFUSED', { host: given.slice(0, 200) });
  };
}

/**
 * Refuses what pages of other origins send. A browser names the origin with every request that could change anything;
 * what is no browser names none.
 */
export function checkOrigin(origins: readonly string[]): RequestHandler {
  const allowed = new Set(origins);
  return (request, response, next) => {
    const { origin } = request.headers;
    if (origin === undefined) return next();
    if (URL.parse(origin)?.host === request.headers.host) return next();
    if (!allowed.has(origin)) {
      if (safeMethods.has(request.method)) return next();
      throw new ClearReelError('ORIGIN_REFUSED', { origin: origin.slice(0, 200) });
    }
    response.set({
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Expose-Headers':
        'Location, Upload-Offset, Upload-Length, Upload-Expires, Tus-Resumable, Tus-Version, Tus-Extension, Tus-Max-Size, Content-Range, ETag, X-Request-Id',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      Vary: 'Origin',
    });
    if (request.method !== 'OPTIONS' || !request.headers['access-control-request-method'])
      return next();
    response
      .set({
        'Access-Control-Allow-Methods': 'GET, HEAD, POST, PATCH, DELETE',
        'Access-Control-Allow-Headers':
          'Authorization, Content-Type, Idempotency-Key, Last-Event-ID, Range, Tus-Resumable, Upload-Length, Upload-Metadata, Upload-Offset',
        'Access-Control-Max-Age': '600',
      })
      .status(204)
      .end();
  };
}
