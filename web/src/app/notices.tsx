import type { Notice } from '@clearreel/shared/media/facts';

export function Notices({ notices }: { notices: readonly Notice[] }) {
  if (notices.length === 0) return null;
  return (
    <ul className="mt-3 list-disc pl-5 text-sm" aria-label="Notices">
      {notices.map(({ code, message }) => (
        <li key={message} data-code={code}>
          {message}
        </li>
      ))}
    </ul>
  );
}
