import { Bell } from 'lucide-react';
import { useState } from 'react';
import { showFailure } from '../app/failures.tsx';
import { useT } from '../i18n/language.ts';
import { askForNotifications, notificationLeave } from './notifications.ts';

/** Lets the app tell when a job is done; the browser is asked only here. */
export function NotifyButton() {
  const t = useT();
  const [leave, setLeave] = useState(notificationLeave);
  if (leave !== 'default') return null;
  return (
    <button
      type="button"
      className="button-bare"
      onClick={() => void askForNotifications().then(setLeave, showFailure)}
    >
      <Bell size={16} aria-hidden />
      {t('job.notify')}
    </button>
  );
}
