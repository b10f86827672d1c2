import { Router } from 'express';

/**
 * What another app shares is taken by the service worker and stays on the device. Where there is none, as after
 * clearing the site's data, the browser sends it here: none of it is read, and the page says that nothing came.
 */
export function shareTarget(): Router {
  return Router().post('/share', (_request, response) => {
    response.set('Connection', 'close').redirect(303, '/#/shared');
  });
}
