import { readdir } from 'node:fs/promises';
import { expect, test } from '../driver/flow.ts';

test('2.3.1 the served app is cross-origin isolated and its own policy stops nothing it loads', async ({
  page,
}) => {
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') refused.push(message.text());
  });
  page.on('pageerror', (error) => refused.push(error.message));
  await page.goto('/', { waitUntil: 'networkidle' });
  await expect(page).toHaveTitle(/ClearReel/);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(refused).toEqual([]);
});

test('2.3.2 the served app may compile WebAssembly but not code from strings, and may call no other origin', async ({
  page,
  strangers,
}) => {
  await page.goto('/');
  const outcome = await page.evaluate(async () => {
    const succeeds = async (attempt: () => unknown) => {
      try {
        await attempt();
        return true;
      } catch {
        return false;
      }
    };
    const directiveThatStops = (url: string) =>
      new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', (violation) => {
          if (violation.blockedURI.startsWith(url)) resolve(violation.effectiveDirective);
        });
        fetch(url, { mode: 'no-cors' }).then(
          () => resolve('nothing'),
          () => undefined,
        );
      });
    const emptyModule = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
    return {
      wasm: await succeeds(() => WebAssembly.compile(emptyModule)),
      codeFromString: await succeeds(() => new Function('return 1')()),
      otherOriginStoppedBy: await directiveThatStops('https://example.com/'),
    };
  });
  expect(outcome).toEqual({
    wasm: true,
    codeFromString: false,
    otherOriginStoppedBy: 'connect-src',
  });
  await expect.poll(() => strangers.take()).toEqual(['https://example.com/']);
});

test('2.3.3 of the built scripts only the engine worker may compile code from strings', async ({
  request,
}) => {
  const assets = await readdir(new URL('../../web/dist/assets', import.meta.url));
  const permitted: string[] = [];
  for (const name of assets.filter((asset) => /\.m?js$/.test(asset))) {
    const { 'content-security-policy': policy } = (await request.get(`/assets/${name}`)).headers();
    if (policy?.includes("'unsafe-eval'")) permitted.push(name);
  }
  expect(permitted).toEqual([expect.stringMatching(/^engine\.worker-/)]);
});
