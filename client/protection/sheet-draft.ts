import { useEffect, useState } from 'react';
import type { WrittenSheet } from '../../shared/api/protection.ts';
import type { StudyDetail } from '../../shared/api/studies.ts';
import { type SheetParts, sheetTemplate } from '../../shared/protection/information-sheet.ts';
import { dropKept, loadKept, saveKept } from '../ui/kept-replies.ts';
import { useSession } from '../ui/session.tsx';

/** A version that is being written. */
export interface SheetDraft {
  /** The version that its writer had before them; 0 for none. */
  readonly after: number;
  readonly parts: SheetParts;
}

export interface SheetDraftHere {
  /** Null while nobody writes here. */
  readonly draft: SheetDraft | null;
  begin(current: WrittenSheet | null): void;
  keep(draft: SheetDraft): void;
  end(): void;
}

/** The draft of a study's sheet on this device; it goes with the person's other things when they sign out. */
export function useSheetDraft(study: StudyDetail): SheetDraftHere {
  const { person } = useSession();
  const [draft, setDraft] = useState<SheetDraft | null>(null);
  const key = `draft of a sheet ${JSON.stringify({ studyId: study.id })}`;
  useEffect(() => {
    let here = true;
    void loadKept<SheetDraft>(key).then((kept) => {
      if (here && kept) setDraft((now) => now ?? kept);
    });
    return () => {
      here = false;
    };
  }, [key]);
  const keep = (next: SheetDraft) => {
    setDraft(next);
    void saveKept(key, next);
  };
  return {
    draft,
    keep,
    begin: (current) =>
      setDraft(
        current
          ? { after: current.version, parts: current.parts }
          : { after: 0, parts: sheetTemplate({ studyTitle: study.title, lead: person }) },
      ),
    end: () => {
      setDraft(null);
      void dropKept(key);
    },
  };
}
