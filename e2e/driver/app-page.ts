import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ErrorReport } from '@clearreel/shared/errors/clear-reel-error';
import type { Notice } from '@clearreel/shared/media/facts';
import type { Page } from 'playwright';

export interface HostChoices {
  readonly provider?: string;
  readonly decoder?: string;
  readonly encoder?: string;
  readonly stallSeconds?: number;
  /** Let the server do it. */
  readonly place?: 'server';
}

/** An error as the page shows it. */
export class PageError extends Error {
  readonly code: ErrorReport['code'];
  constructor(code: string, message: string) {
    super(message);
    this.code = code as ErrorReport['code'];
  }
}

const labels = { provider: 'Runs on', decoder: 'Decoder', encoder: 'Encoder' } as const;

/** What a user does on the page, in the page's own words. */
export class AppPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Picks files and waits until the facts of the first are there. @throws PageError */
  async pick(path: string | string[], host: HostChoices = {}): Promise<void> {
    await this.show('');
    await this.page.getByLabel('Video file').first().setInputFiles(path);
    await this.#settled();
    if (Object.keys(host).length > 0) await this.#choose(host);
  }

  /** Drops or pastes files onto the page as the system would. */
  async drop(paths: readonly string[], how: 'drop' | 'paste'): Promise<void> {
    const files = await Promise.all(
      paths.map(async (path) => ({
        name: basename(path),
        base64: (await readFile(path)).toString('base64'),
      })),
    );
    const data = await this.page.evaluateHandle((contents) => {
      const transfer = new DataTransfer();
      for (const { name, base64 } of contents) {
        const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
        transfer.items.add(new File([bytes], name));
      }
      return transfer;
    }, files);
    await this.page.evaluate(
      ([transfer, type]) => {
        const event =
          type === 'drop'
            ? new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true })
            : new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true });
        document.body.dispatchEvent(event);
      },
      [data, how] as const,
    );
  }

  /** Goes to a page of the app as a link would, without loading anything anew. */
  async show(path: '' | 'queue' | 'history'): Promise<void> {
    await this.page.evaluate((hash) => {
      location.hash = hash;
    }, `/${path}`);
    await this.page.getByRole('navigation').locator('[aria-current=page]').waitFor();
  }

  async applySpec(spec: unknown): Promise<void> {
    await this.#unfold('Settings as text (JSON)');
    await this.page.getByLabel('Settings as JSON').fill(JSON.stringify(spec));
    await this.page.getByRole('button', { name: 'Use these settings', exact: true }).click();
    await this.#throwShown();
  }

  /** Clicks one of several choices that stand side by side. */
  async choose(name: string | RegExp): Promise<void> {
    const radio = this.page.getByRole('radio', { name });
    await this.page.locator('label', { has: radio }).click();
  }

  async spec(): Promise<Record<string, Record<string, unknown>>> {
    return JSON.parse(await this.page.getByLabel('Settings as JSON').inputValue());
  }

  async start(): Promise<void> {
    await this.page.getByRole('button', { name: 'Start', exact: true }).click();
  }

  /** Picks the file of an unfinished job again, which continues the job. */
  async resume(path: string): Promise<void> {
    const input = this.page.getByLabel(/^Pick .+ again$/);
    if ((await input.count()) === 0) await this.show('queue');
    const jobId = await this.page.locator('[data-job]', { has: input }).getAttribute('data-job');
    const [oldAlert] = await this.page.getByRole('alert').elementHandles();
    await input.setInputFiles(path);
    await this.showJob(jobId);
    // The error that it failed with is shown until it goes on.
    await oldAlert?.waitForElementState('hidden');
  }

  /** Goes on with the one unfinished job, whose source the browser can still reach. */
  async goOn(): Promise<void> {
    await this.show('queue');
    const button = this.page.getByRole('button', { name: /^Continue (?!all$)/ });
    const jobId = await this.page.locator('[data-job]', { has: button }).getAttribute('data-job');
    await button.click();
    await this.showJob(jobId);
  }

  async showJob(jobId: string | null): Promise<void> {
    await this.page.evaluate((hash) => {
      location.hash = hash;
    }, `/job/${jobId}`);
  }

  /** The error that the page shows, once it shows one. */
  async shownError(): Promise<PageError> {
    await this.page.getByRole('alert').first().waitFor({ timeout: 0 });
    return this.#throwShown().then(
      () => new PageError('INTERNAL', 'the alert vanished'),
      (error: PageError) => error,
    );
  }

  /** The job whose page is shown. */
  async shownJobId(): Promise<string> {
    const page = this.page.locator('main > [data-job]');
    return (await page.getAttribute('data-job')) ?? '';
  }

  /** Waits for the end of the running job. @throws PageError */
  async finished(): Promise<Record<string, unknown>> {
    const result = this.page.getByRole('region', { name: 'Result' });
    const alert = this.page.getByRole('alert');
    await result.or(alert).first().waitFor({ timeout: 0 });
    await this.#throwShown();
    const report = await this.page.getByLabel('Report').textContent();
    return JSON.parse(report ?? '{}');
  }

  async notices(): Promise<Notice[]> {
    const items = this.page.getByRole('region', { name: 'Result' }).getByRole('listitem');
    return items.evaluateAll((all) =>
      all.map((item) => ({
        code: (item as HTMLElement).dataset.code ?? '',
        message: item.textContent ?? '',
      })),
    );
  }

  /** File name of the result, as the page offers it. */
  async resultName(): Promise<string> {
    const result = this.page.getByRole('region', { name: 'Result' });
    return (await result.getByRole('heading').textContent()) ?? '';
  }

  /** Saves the result; what lies beside it goes into the same folder under its own name. */
  async save(path: string): Promise<void> {
    await this.#download('Save video', path);
  }

  async sideFiles(): Promise<string[]> {
    const links = this.page.getByRole('link', { name: /^Save (?!video)/ });
    return (await links.allTextContents()).map((text) => text.replace(/^Save /, ''));
  }

  async saveSideFile(name: string, path: string): Promise<void> {
    await this.#download(`Save ${name}`, path);
  }

  async #download(link: string, path: string): Promise<void> {
    const downloading = this.page.waitForEvent('download');
    await this.page.getByRole('link', { name: link, exact: true }).click();
    await (await downloading).saveAs(path);
  }

  async #choose({ stallSeconds, place, ...choices }: HostChoices): Promise<void> {
    if (place) await this.choose(/^Server \(/);
    await this.#unfold('This machine');
    if (stallSeconds !== undefined) {
      const field = this.page.getByLabel('Give up on a stage after (seconds)');
      await field.fill(String(stallSeconds));
      await field.press('Enter');
    }
    for (const [key, label] of Object.entries(labels)) {
      const value = choices[key as keyof typeof labels];
      if (value === undefined) continue;
      await this.page.getByLabel(label, { exact: true }).selectOption(value);
      await this.#settled();
      await this.#unfold('This machine');
    }
  }

  async #unfold(summary: string): Promise<void> {
    const details = this.page.locator('details', { has: this.page.getByText(summary) });
    if ((await details.getAttribute('open')) === null) await details.locator('summary').click();
  }

  async #settled(): Promise<void> {
    const start = this.page.getByRole('button', { name: 'Start', exact: true });
    const alert = this.page.getByRole('alert');
    await this.page.locator('[aria-busy=false]').waitFor({ timeout: 0 });
    await start.or(alert).first().waitFor();
    await this.#throwShown();
  }

  /** Reads the alert in one step: one that goes meanwhile would be waited for without an end. */
  async #throwShown(): Promise<void> {
    const [shown] = await this.page.getByRole('alert').evaluateAll((alerts) =>
      alerts.map((alert) => ({
        code: (alert as HTMLElement).dataset.code ?? 'INTERNAL',
        sentences: [...alert.querySelectorAll('p')].map((p) => p.textContent ?? ''),
      })),
    );
    if (shown) throw new PageError(shown.code, shown.sentences.slice(0, 2).join(' '));
  }
}
