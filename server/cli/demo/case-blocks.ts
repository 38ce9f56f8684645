import { blockSlots, type Framework, findSection } from '../../../shared/framework/framework.ts';
import { mentoringAndCoaching } from '../../../shared/framework/mentoring-and-coaching.ts';
import { type BlockEdits, blockEdits } from './block-content.ts';
import type { CaseContent, SectionContent } from './case-content.ts';
import { larkfield } from './larkfield.ts';

/** One block of a case with everything that is to become of it. */
export interface BlockScript {
  readonly sectionId: string;
  /** Key of the school within the content; null for sections asked once. */
  readonly schoolKey: string | null;
  readonly content: SectionContent;
  readonly edits: BlockEdits;
}

/**
 * What is to be written into the blocks of a case; blocks about which the content
 * says nothing stay empty and are left out.
 * @param newId gives the ids of rows
 * @throws when the content names a section, school, field, option or prompt that
 *   the case does not have, or a section twice
 */
export function caseBlocks(
  framework: Framework,
  content: CaseContent,
  newId: () => string,
): readonly BlockScript[] {
  const slots = blockSlots(framework, {
    schoolIds: content.schools.map(({ key }) => key),
    authority: content.authority,
  });
  const open = new Set(slots.map((slot) => slotKey(slot.sectionId, slot.schoolId)));
  return content.sections.map((given) => {
    const schoolKey = given.school ?? null;
    const section = findSection(framework, given.section);
    if (!section || !open.delete(slotKey(given.section, schoolKey))) {
      throw new Error(`“${content.title}” has no (other) block ${slotKey(given.section, schoolKey)}`);
    }
    return { sectionId: section.id, schoolKey, content: given, edits: blockEdits(section, given, newId) };
  });
}

function slotKey(sectionId: string, schoolKey: string | null): string {
  return schoolKey === null ? sectionId : `${sectionId} of ${schoolKey}`;
}

/**
 * The fullest case of the demo, of one school, for whoever needs a whole case's
 * text: some 6,700 words over all sections of the built-in framework.
 */
export function larkfieldBlocks(newId: () => string): readonly BlockScript[] {
  return caseBlocks(mentoringAndCoaching, larkfield, newId);
}
