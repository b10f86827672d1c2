import { clip } from '../clips/index.ts';
import { AppPage } from '../driver/app-page.ts';
import { expect, test } from '../driver/flow.ts';

test.describe('app 3. settings', () => {
  test.beforeEach(async ({ page }) => {
    await page.goto('/');
    await new AppPage(page).pick(await clip('plain-h264'));
  });

  test('app 3.1 the kind of video chooses the model', async ({ page }) => {
    const app = new AppPage(page);
    await app.choose(/^Fast/);
    await expect.poll(async () => (await app.spec()).enhance?.model).toBe('anime4k-vl-x2');
    await app.choose(/^Drawn/);
    await expect.poll(async () => (await app.spec()).enhance?.model).toBe('animevideov3-x2');
  });

  test('app 3.2 the size chooses the target, and the model of the kind that is made for it', async ({
    page,
  }) => {
    const app = new AppPage(page);
    await app.choose(/^Drawn/);
    await app.choose('×4');
    await expect
      .poll(async () => (await app.spec()).enhance)
      .toMatchObject({ model: 'animevideov3-x4', target: { kind: 'factor', factor: 4 } });
    await app.choose('1080p');
    await expect
      .poll(async () => (await app.spec()).enhance?.target)
      .toEqual({ kind: 'box', box: '1080p' });
  });

  test('app 3.3 quality and strength are sliders that arrow keys move', async ({ page }) => {
    const app = new AppPage(page);
    await page.getByRole('slider', { name: 'How good?' }).press('ArrowRight');
    await expect.poll(async () => (await app.spec()).output?.quality).toBe(76);
    await page.getByRole('slider', { name: 'How strong?' }).press('ArrowLeft');
    await expect.poll(async () => (await app.spec()).enhance?.strength).toBe(95);
  });

  test('app 3.4 a preset sets everything at once', async ({ page }) => {
    const app = new AppPage(page);
    await page
      .getByLabel('Preset', { exact: true })
      .selectOption({ label: 'Archive: ×2, as if lossless' });
    await expect
      .poll(async () => (await app.spec()).output)
      .toMatchObject({ container: 'mkv', codec: 'av1', quality: 95 });
  });

  test('app 3.5 own settings are kept as a preset, also after a reload', async ({ page }) => {
    await page.getByRole('slider', { name: 'How good?' }).press('ArrowRight');
    await page.getByLabel('Name of the preset').fill('Grandma');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByLabel('Preset', { exact: true })).toHaveValue('user:Grandma');
    await page.reload();
    const app = new AppPage(page);
    await app.pick(await clip('plain-h264'));
    await page.getByLabel('Preset', { exact: true }).selectOption('user:Grandma');
    await expect.poll(async () => (await app.spec()).output?.quality).toBe(76);
    await page.getByRole('button', { name: 'Delete the preset Grandma' }).click();
    await expect(
      page.getByLabel('Preset', { exact: true }).locator('option', { hasText: 'Grandma' }),
    ).toHaveCount(0);
  });

  test('app 3.6 settings go in and out as JSON; what is not valid changes nothing and says what it must be', async ({
    page,
  }) => {
    const app = new AppPage(page);
    const spec = await app.spec();
    await app.applySpec({ ...spec, trim: { startSeconds: 1 } });
    await page.getByText('All settings').click();
    await expect(page.getByLabel('Begin at (seconds)')).toHaveValue('1');
    const refused = await app.applySpec({ ...spec, version: 9 }).catch((error) => error);
    expect(refused).toMatchObject({ code: 'SPEC_INVALID' });
    await expect(page.getByLabel('Begin at (seconds)')).toHaveValue('1');
  });

  test('app 3.7 the exact settings change the spec that they name', async ({ page }) => {
    const app = new AppPage(page);
    await page.getByText('All settings').click();
    await page.getByLabel('Width (pixels)').fill('640');
    await page.getByLabel('Width (pixels)').press('Enter');
    await page.getByLabel('File type').selectOption('mkv');
    await page.getByLabel('Sound').selectOption('none');
    await expect
      .poll(() => app.spec())
      .toMatchObject({
        enhance: { target: { kind: 'size', width: 640 } },
        output: { container: 'mkv', audio: 'none' },
      });
  });
});
