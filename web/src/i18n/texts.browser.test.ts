import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { errorTexts } from '@clearreel/shared/errors/codes';
import { noticeTexts } from '@clearreel/shared/notices/codes';
import { choice, notice } from '@clearreel/shared/notices/notice';
import { because, reasonTexts } from '@clearreel/shared/notices/reasons';
import { noSeconds } from '@clearreel/shared/pipeline/progress';
import { placeholdersOf } from '@clearreel/shared/texts/text';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import de from './de.json';
import en from './en.json';
import { languages, setLanguage, translate as t } from './language.ts';
import { errorText, noticeText, reasonText } from './texts.ts';

interface Tree {
  readonly [key: string]: string | Tree;
}

/** Each text's path with its placeholders, sorted: what two languages must have in common. */
function shape(tree: Tree, path = ''): string[] {
  return Object.entries(tree)
    .flatMap(([key, text]) =>
      typeof text === 'string'
        ? [`${path}${key} ${[...placeholdersOf(text)].sort().join(' ')}`.trim()]
        : shape(text, `${path}${key}.`),
    )
    .sort();
}

const { errors, notices, reasons, stages, ...page } = de;

describe('app 9. every language says everything', () => {
  it('app 9.80 there are two languages', () => {
    expect(languages.map(({ code }) => code)).toEqual(['en', 'de']);
  });

  it('app 9.81 the page’s texts are the same in English and German, with the same values', () => {
    expect(shape(page)).toEqual(shape(en));
  });

  it.each([
    ['errors', errors, errorTexts],
    ['notices', notices, noticeTexts],
    ['reasons', reasons, reasonTexts],
  ])(
    'app 9.82 all %s of the engine are there in German, with the same values',
    (_, german, own) => {
      expect(shape(german)).toEqual(shape(own));
    },
  );

  it('app 9.83 the engine’s stages have German names', () => {
    expect(Object.keys(stages)).toEqual(expect.arrayContaining(Object.keys(noSeconds())));
  });
});

describe('app 9. errors, notices and reasons in the language of the page', () => {
  const unreadable = new ClearReelError('SOURCE_UNREADABLE', { reason: because('INDEX_MISSING') });
  const stalled = new ClearReelError('STAGE_STALLED', { stage: 'decode', seconds: 120 });

  beforeAll(() => setLanguage('de'));
  afterAll(() => setLanguage('en'));

  it('app 9.84 an error is translated with the reason inside it', () => {
    expect(errorText(t, unreadable.toReport()).message).toBe(
      'Das ist kein lesbares Video: das Verzeichnis fehlt, die Datei ist also unvollständig.',
    );
  });

  it('app 9.85 a notice is translated with the error and the stage inside it', () => {
    const text = noticeText(t, notice('RESTARTED', { cause: stalled.toReport() }));
    expect(text).toMatch(/^Der Schritt „Dekodieren“ kam 120 s lang nicht voran\. Das Rechenwerk /);
  });

  it('app 9.86 sizes and numbers are written as in the language', () => {
    const small = because('GPU_BUFFER_SMALL', { neededBytes: 2.5e9, allowedBytes: 134e6 });
    const { obstacle, ...rest } = { obstacle: small, codec: 'vp9', width: 3840, height: 2160 };
    const text = reasonText(t, choice('ffmpeg', 'ENCODER_FFMPEG', { ...rest, obstacle }));
    expect(text).toMatch(/3840×2160.* 2,5\sGB am Stück, und diese GPU erlaubt 134\sMB\.$/);
  });

  it('app 9.87 what has no translation, or comes from an older version, is said in English', () => {
    const message = 'Something that was said once.';
    expect(noticeText(t, { code: 'RESTARTED', message })).toBe(message);
    expect(noticeText(t, { code: 'NEVER_HEARD_OF', message, detail: {} })).toBe(message);
    expect(noticeText(t, { code: 'RESTARTED', message, detail: { other: 1 } })).toBe(message);
    expect(reasonText(t, { value: 'wasm', reason: message })).toBe(message);
  });

  it('app 9.88 English is the engine’s own text', async () => {
    await setLanguage('en');
    const { message, todo } = unreadable.toReport();
    expect(errorText(t, unreadable.toReport())).toEqual({ message, todo });
    await setLanguage('de');
  });
});
