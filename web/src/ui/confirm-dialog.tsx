import { useT } from '../i18n/language.ts';
import { Dialog } from './dialog.tsx';

interface ConfirmDialogProps {
  readonly title: string;
  readonly text: string;
  /** What the confirming button says. */
  readonly confirm: string;
  onConfirm(): void;
  onClose(): void;
}

/** Asks before something that cannot be undone. */
export function ConfirmDialog({ title, text, confirm, onConfirm, onClose }: ConfirmDialogProps) {
  const t = useT();
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <p className="text-sm">{text}</p>
      <div className="mt-5 flex justify-end gap-2">
        <button type="button" className="button-quiet" onClick={onClose}>
          {t('settings.cancel')}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => {
            onConfirm();
            onClose();
          }}
        >
          {confirm}
        </button>
      </div>
    </Dialog>
  );
}
