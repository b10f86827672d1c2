import { languages, useT } from '../i18n/language.ts';
import { OfflineStatus } from '../pwa/offline-status.tsx';
import { Choose } from '../ui/choose.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { usePreferences } from './preferences.ts';

export default function SettingsDialog({ onClose }: { onClose(): void }) {
  const t = useT();
  const { theme, language, setTheme, setLanguage } = usePreferences();
  return (
    <Dialog title={t('settings.title')} isOpen onClose={onClose}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Choose
          label={t('settings.language')}
          value={language}
          options={languages.map(({ code, name }) => [code, name] as const)}
          onChoose={setLanguage}
        />
        <Choose
          label={t('settings.theme')}
          value={theme}
          options={[
            ['auto', t('settings.themeAuto')],
            ['light', t('settings.themeLight')],
            ['dark', t('settings.themeDark')],
          ]}
          onChoose={setTheme}
        />
      </div>
      <div className="mt-6 border-t border-line pt-5">
        <OfflineStatus />
      </div>
    </Dialog>
  );
}
