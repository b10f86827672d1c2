import { clip } from '../clips/index.ts';
import { enhance } from '../driver/enhance.ts';
import { expect, test } from '../driver/flow.ts';
import type { StrangerWatch } from '../driver/strangers.ts';

const stranger = 'http://stranger.invalid';

/** Addresses that have been noted, once as many are as there should be. */
async function noted(strangers: StrangerWatch, count: number): Promise<string[]> {
  const asked = new Set<string>();
  await expect
    .poll(() => {
      for (const url of strangers.take()) asked.add(url);
      return asked.size;
    })
    .toBe(count);
  return [...asked].sort();
}

test.describe('app 8 nothing leaves the device', () => {
  test('app 8.6 a test fails when the page tries to ask another origin, though its policy stops it', async ({
    page,
    strangers,
  }) => {
    await page.goto('/');
    await page.evaluate((origin) => {
      new Image().src = `${origin}/image`;
      new WebSocket(`${origin.replace('http', 'ws')}/socket`);
      return fetch(`${origin}/fetch`).catch(() => undefined);
    }, stranger);
    expect(await noted(strangers, 3)).toEqual([
      `${stranger}/fetch`,
      `${stranger}/image`,
      `${stranger.replace('http', 'ws')}/socket`,
    ]);
  });

  test('app 8.7 a test fails when a page, a frame or a worker without a policy asks another origin', async ({
    page,
    strangers,
  }) => {
    await page.route('/', async (route) => {
      const response = await route.fetch();
      const { 'content-security-policy': _, ...headers } = response.headers();
      await route.fulfill({ response, headers });
    });
    await page.goto('/');
    await page.evaluate((origin) => {
      const frame = document.createElement('iframe');
      frame.src = `${origin}/frame`;
      document.body.append(frame);
      const code = `fetch('${origin}/worker').catch(() => {})`;
      new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
      return fetch(`${origin}/fetch`).catch(() => undefined);
    }, stranger);
    expect(await noted(strangers, 3)).toEqual([
      `${stranger}/fetch`,
      `${stranger}/frame`,
      `${stranger}/worker`,
    ]);
  });

  test('app 8.8 a whole job, ffmpeg and its workers too, asks nothing but its own origin', async ({
    page,
    baseURL,
  }) => {
    const origins = new Set<string>();
    page.context().on('request', (request) => origins.add(new URL(request.url()).origin));
    await page.goto('/');
    await enhance(page, await clip('xvid-avi'));
    expect([...origins]).toEqual([baseURL]);
  });
});
