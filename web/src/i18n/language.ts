import { createInstance } from 'i18next';
import { useSyncExternalStore } from 'react';
import en from './en.json';

/** Each language is one file; English is in the first load, the others are fetched when chosen. */
const loaders = {
  en: async () => ({ default: en }),
  de: () => import('./de.json'),
} as const;

export type Language = keyof typeof loaders;

export const languages: readonly { readonly code: Language; readonly name: string }[] = [
  { code: 'en', name: 'English' },
  { code: 'de', name: 'Deutsch' },
];

const isLanguage = (code: string): code is Language => code in loaders;

/** The first of the user's languages that there is a translation for. */
export function preferredLanguage(wished: readonly string[]): Language {
  const codes = wished.map((tag) => tag.split('-')[0]?.toLowerCase() ?? '');
  return codes.find(isLanguage) ?? 'en';
}

const i18n = createInstance();
// Resources are in memory, so this is done when it returns.
void i18n.init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: { translation: en } },
  // The same placeholders as in the engine's texts; React escapes.
  interpolation: { prefix: '{', suffix: '}', escapeValue: false },
});

export async function setLanguage(code: Language): Promise<void> {
  if (!i18n.hasResourceBundle(code, 'translation')) {
    const { default: texts } = await loaders[code]();
    i18n.addResourceBundle(code, 'translation', texts);
  }
  await i18n.changeLanguage(code);
  document.documentElement.lang = code;
}

function subscribe(listener: () => void): () => void {
  i18n.on('languageChanged', listener);
  return () => i18n.off('languageChanged', listener);
}

export const currentLanguage = (): Language => i18n.language as Language;

const useLanguage = (): Language => useSyncExternalStore(subscribe, currentLanguage);

export type Translate = typeof i18n.t;

/** Texts outside of React: a notification, the tab's title. */
export const translate: Translate = i18n.t;

/** The texts in the language of the page; whoever uses it is drawn anew when that changes. */
export function useT(): Translate {
  useLanguage();
  return i18n.t;
}
