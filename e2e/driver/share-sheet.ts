import type { Page } from 'playwright';

export interface SharedFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
}

/** A platform that shares files, which no headless browser has: it takes them on a fresh click alone. */
export async function withShareSheet(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shared: SharedFile[] = [];
    Object.assign(window, { shared });
    Object.assign(navigator, {
      canShare: ({ files = [] }: ShareData) => files.every(({ type }) => type === 'video/mp4'),
      share: async ({ files = [] }: ShareData) => {
        if (!navigator.userActivation.isActive) throw new DOMException('', 'NotAllowedError');
        for (const { name, type, size } of files) shared.push({ name, type, bytes: size });
      },
    });
  });
}

export const sharedFiles = (page: Page): Promise<readonly SharedFile[]> =>
  page.evaluate(() => (window as unknown as { shared: SharedFile[] }).shared);
