import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { type Language, preferredLanguage } from '../i18n/language.ts';

export type Theme = 'auto' | 'light' | 'dark';

interface Preferences {
  readonly theme: Theme;
  readonly language: Language;
  setTheme(theme: Theme): void;
  setLanguage(language: Language): void;
}

export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      theme: 'auto',
      language: preferredLanguage(navigator.languages),
      setTheme: (theme) => set({ theme }),
      setLanguage: (language) => set({ language }),
    }),
    {
      name: 'clearreel-preferences',
      partialize: ({ theme, language }) => ({ theme, language }),
    },
  ),
);
