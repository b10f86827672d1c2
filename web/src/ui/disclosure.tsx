import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

interface DisclosureProps {
  readonly title: ReactNode;
  readonly children: ReactNode;
}

/** What only some people want to see, one click away. */
export function Disclosure({ title, children }: DisclosureProps) {
  return (
    <details className="group">
      <summary className="flex min-h-9 list-none items-center gap-2 rounded-lg text-sm font-medium hover:text-accent [&::-webkit-details-marker]:hidden">
        <ChevronRight size={16} aria-hidden className="transition-transform group-open:rotate-90" />
        {title}
      </summary>
      <div className="pt-3">{children}</div>
    </details>
  );
}
