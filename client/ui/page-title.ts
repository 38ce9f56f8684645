import { useEffect } from 'react';

/** Names the page in the browser's tab; null while its name is not known yet. */
export function usePageTitle(title: string | null): void {
  useEffect(() => {
    document.title = title ? `${title} · Casebook` : 'Casebook';
  }, [title]);
}
