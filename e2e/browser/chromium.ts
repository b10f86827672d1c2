import { existsSync } from 'node:fs';

const systemBrowsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Flags that give headless Chromium a WebGPU device on software Vulkan; with fewer, `importExternalTexture` of a `VideoFrame` fails. */
const softwareGpuFlags = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-angle=swiftshader',
  '--ignore-gpu-blocklist',
];

const quietFlags = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/**
 * Launch options for Playwright: the browser named by `CLEARREEL_CHROMIUM`, else the system's
 * Chromium, else Playwright's own download.
 */
export function chromiumLaunchOptions(): { executablePath?: string; args: string[] } {
  const executablePath =
    process.env.CLEARREEL_CHROMIUM ?? systemBrowsers.find((path) => existsSync(path));
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const args = [...sandbox, ...softwareGpuFlags, ...quietFlags];
  return executablePath === undefined ? { args } : { executablePath, args };
}
