import { expect, type Locator, type Page } from '@playwright/test';

/** The preview as someone sees it. */
export class PreviewPage {
  readonly page: Page;
  readonly region: Locator;
  /** The picture with its tools. */
  readonly pane: Locator;
  readonly divider: Locator;

  constructor(page: Page) {
    this.page = page;
    this.region = page.getByRole('region', { name: 'Preview' });
    this.pane = this.region.getByRole('group', { name: /^Picture:/ });
    this.divider = this.region.getByRole('slider', { name: 'Divider between left and right' });
  }

  /** Waits until the newest settings are shown. */
  async ready(): Promise<void> {
    await this.region.getByText('The preview is ready').waitFor({ state: 'attached', timeout: 0 });
  }

  /** Does something that asks for another picture, and gives that picture. */
  async after(change: () => Promise<unknown>): Promise<string> {
    const before = await this.picture();
    await change();
    await expect(async () => {
      await this.ready();
      expect(await this.picture()).not.toBe(before);
    }).toPass();
    return this.picture();
  }

  /** All that is drawn, as text that is the same for the same pixels. */
  picture(): Promise<string> {
    return this.#drawn({ from: 0, to: 1 });
  }

  /** The same of one side of the divider, which stands in the middle. */
  half(side: 'left' | 'right'): Promise<string> {
    return this.#drawn(side === 'left' ? { from: 0, to: 0.49 } : { from: 0.51, to: 1 });
  }

  /** The part between two shares of the width. */
  #drawn(span: { from: number; to: number }): Promise<string> {
    return this.pane.locator('canvas').evaluate(
      (element, { from, to }) =>
        new Promise<string>((resolve) => {
          const read = () => {
            const canvas = element as HTMLCanvasElement;
            const part = document.createElement('canvas');
            part.width = Math.round(canvas.width * (to - from));
            part.height = canvas.height;
            part.getContext('2d')?.drawImage(canvas, -Math.round(canvas.width * from), 0);
            resolve(part.toDataURL());
          };
          // What has changed is drawn with the next frame.
          requestAnimationFrame(() => requestAnimationFrame(read));
        }),
      span,
    );
  }

  /** Where the picture is on the screen. */
  async place(): Promise<{ x: number; y: number; width: number; height: number }> {
    await this.pane.scrollIntoViewIfNeeded();
    const box = await this.pane.boundingBox();
    if (!box) throw new Error('the picture has no place');
    return box;
  }

  label(text: string): Locator {
    return this.pane.getByText(text, { exact: true });
  }

  button(name: string): Locator {
    return this.region.getByRole('button', { name, exact: true });
  }
}
