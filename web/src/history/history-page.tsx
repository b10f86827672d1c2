import { useT } from '../i18n/language.ts';

export default function HistoryPage() {
  const t = useT();
  return <h1 className="py-4 text-2xl font-semibold">{t('app.history')}</h1>;
}
