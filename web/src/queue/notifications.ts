import { translate } from '../i18n/language.ts';
import type { JobRecord } from '../jobs/job-record.ts';

export type NotificationLeave = NotificationPermission | 'unsupported';

export const notificationLeave = (): NotificationLeave =>
  'Notification' in window ? Notification.permission : 'unsupported';

/** Asks the browser's own question. Called only on a click of someone who wants notifications. */
export async function askForNotifications(): Promise<NotificationLeave> {
  return 'Notification' in window ? Notification.requestPermission() : 'unsupported';
}

/** Tells someone who is looking elsewhere that a job is over. */
export function notifyOfEnd({ id, state, source }: JobRecord): void {
  const isEnd = state === 'completed' || state === 'failed';
  if (!isEnd || document.hasFocus() || notificationLeave() !== 'granted') return;
  const title = translate(state === 'completed' ? 'queue.notifyCompleted' : 'queue.notifyFailed');
  try {
    const notification = new Notification(title, { body: source.name, tag: id });
    notification.onclick = () => {
      window.focus();
      location.hash = `/job/${id}`;
    };
  } catch {
    // Chrome on Android has the class and lets only service workers use it.
  }
}
