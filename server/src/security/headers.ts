import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Built name of `web/src/engine/engine.worker.ts`. It alone may compile code from strings: ONNX
 * Runtime's GPU build calls `new Function`, and a worker's policy comes with the worker's own script.
 */
const engineWorkerPath = /^\/assets\/engine\.worker-[\w-]+\.js$/;

function isolatedWith(scriptSources: string[], servers: readonly string[]): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // What react-aria writes into the page so that a double tap on a button does not zoom.
        styleSrc: ["'self'", "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='"],
        scriptSrc: ["'self'", ...scriptSources],
        // The service worker is this origin's; mediabunny starts its helper workers from blobs.
        workerSrc: ["'self'", 'blob:'],
        manifestSrc: ["'self'"],
        connectSrc: ["'self'", 'blob:', ...servers],
        imgSrc: ["'self'", 'blob:', 'data:', ...servers],
        mediaSrc: ["'self'", 'blob:', ...servers],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // Threads need a cross-origin isolated page: this header with the opener policy, and on every
    // worker script too.
    crossOriginEmbedderPolicy: { policy: 'require-corp' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    // Plain HTTP on loopback; who puts TLS in front decides how long browsers insist on it.
    strictTransportSecurity: false,
  });
}

/**
 * Headers that isolate the page and tell the browser to load and call nothing but this origin, and the servers that the
 * operator lets the page send jobs to.
 */
export function securityHeaders(servers: readonly string[] = []): RequestHandler {
  const strict = isolatedWith(["'wasm-unsafe-eval'"], servers);
  const engineWorker = isolatedWith(["'wasm-unsafe-eval'", "'unsafe-eval'"], []);
  return (request, response, next) => {
    const handler = engineWorkerPath.test(request.path) ? engineWorker : strict;
    handler(request, response, next);
  };
}
