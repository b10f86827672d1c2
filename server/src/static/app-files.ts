import { sep } from 'node:path';
import express, { type RequestHandler } from 'express';

const oneYearSeconds = 31_536_000;

/**
 * Serves the built app. File names in `assets/` carry a hash of their content, so a browser may keep
 * them; everything else, the document first, is asked for again each time (an unchanged file costs a
 * 304).
 *
 * @param folder absolute path of the build's output
 */
export function appFiles(folder: string): RequestHandler {
  const hashedFolder = `${folder}${sep}assets${sep}`;
  return express.static(folder, {
    dotfiles: 'ignore',
    redirect: false,
    cacheControl: false,
    setHeaders(response, path) {
      const caching = path.startsWith(hashedFolder)
        ? `public, max-age=${oneYearSeconds}, immutable`
        : 'no-cache';
      response.setHeader('Cache-Control', caching);
    },
  });
}
