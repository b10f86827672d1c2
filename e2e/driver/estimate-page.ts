import type { Locator, Page } from 'playwright';

/** What the page says of a job before it starts. */
export class EstimatePage {
  readonly #card: Locator;

  constructor(page: Page) {
    this.#card = page.getByRole('region', { name: 'What to expect' });
  }

  figure(name: 'time' | 'picture' | 'size' | 'memory' | 'storage'): Locator {
    return this.#card.locator(`[data-figure=${name}]`);
  }

  async value(name: 'time' | 'size' | 'memory' | 'storage'): Promise<number> {
    return Number(await this.figure(name).getAttribute('value'));
  }

  /** Waits until there is nothing left to look at or to measure. */
  async looked(): Promise<void> {
    await this.#card
      .and(this.#card.page().locator('[data-state=ready][data-confidence]'))
      .waitFor({ timeout: 0 });
  }

  /** Measures the device anew and gives the time that is then expected. */
  async measuredSeconds(): Promise<number> {
    await this.looked();
    // Watched from before the click on: on a fast machine the measuring is soon over.
    const begun = this.#card.evaluate(
      (card: HTMLElement) =>
        new Promise<void>((resolve) => {
          const changes = new MutationObserver(() => {
            if (card.dataset.state !== 'measuring') return;
            changes.disconnect();
            resolve();
          });
          changes.observe(card, { attributes: true });
        }),
    );
    await this.#card.getByRole('button', { name: 'Measure this device again' }).click();
    await begun;
    await this.looked();
    return this.value('time');
  }
}
