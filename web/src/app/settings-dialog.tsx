import { languages, useT } from '../i18n/language.ts';
import { OfflineStatus } from '../pwa/offline-status.tsx';
import { ServerFields } from '../server/server-fields.tsx';
import { useStoragePreferences } from '../storage/storage-preferences.ts';
import { Choose } from '../ui/choose.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { usePreferences } from './preferences.ts';

export default function SettingsDialog({ onClose }: { onClose(): void }) {
  const t = useT();
  const { theme, language, setTheme, setLanguage } = usePreferences();
  const { continuesByItself } = useStoragePreferences();
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
      <h3 className="mt-6 mb-2 font-semibold">{t('settings.jobs')}</h3>
      <label className="flex items-start gap-2.5 text-sm">
        <input
          type="checkbox"
          className="mt-0.5 size-4 accent-accent"
          checked={continuesByItself}
          onChange={({ target }) =>
            useStoragePreferences.setState({ continuesByItself: target.checked })
          }
        />
        {t('settings.continuesByItself')}
      </label>
      <h3 className="mt-6 mb-2 font-semibold">{t('server.title')}</h3>
      <ServerFields />
      <h3 className="mt-6 mb-2 font-semibold">{t('settings.offline')}</h3>
      <OfflineStatus />
    </Dialog>
  );
}
