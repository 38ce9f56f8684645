/**
 * A case study as one tree, ready to be written in any format: what the
 * framework asks and what stands in the blocks, put together. Pure; dates and
 * names come in.
 */
import { type FieldPlace, optionKey, sourceKey, yearKey } from '../document/block-parts.ts';
import { fieldText, rowIds } from '../document/field-values.ts';
import { longDate } from '../document/long-date.ts';
import type { FieldValues, ProseMirrorJson } from '../document/reading.ts';
import type { Audience, Field, Framework, Option, Section, SimpleField } from '../framework/framework.ts';

/** One block that the asker may read, as it stands. */
export interface BlockContent {
  readonly sectionId: string;
  readonly schoolId: string | null;
  readonly text: ProseMirrorJson;
  readonly values: FieldValues;
  /** *Does not apply, because …* */
  readonly notApplicable: string | null;
}

export interface CaseContent {
  readonly studyTitle: string;
  readonly title: string;
  readonly subtitle: string;
  /** In the case's order. */
  readonly schools: readonly { readonly id: string; readonly name: string; readonly place: string }[];
  readonly framework: Framework;
  readonly blocks: readonly BlockContent[];
  /** The day the draft is of, ISO `2026-03-14`. */
  readonly day: string;
}

export interface CaseOutline {
  readonly studyTitle: string;
  readonly title: string;
  readonly subtitle: string;
  /** As printed: name and place. */
  readonly schools: readonly string[];
  /** As printed: `14 March 2026`. */
  readonly date: string;
  /** BCP 47. */
  readonly language: string;
  readonly sections: readonly OutlineSection[];
}

export interface OutlineSection {
  readonly number: string | null;
  readonly title: string;
  /** 2 for sections of the outline's first level, one more for each below. */
  readonly level: number;
  /** Not in any booklet: only for the team, or for the team and the school it is about. */
  readonly marking: 'Team only' | 'Team and school' | null;
  readonly parts: readonly OutlinePart[];
}

/** A section has one part, or one for each school it is asked of. */
export interface OutlinePart {
  readonly school: string | null;
  readonly notApplicable: string | null;
  /** Null where the section has no running text. */
  readonly text: ProseMirrorJson | null;
  readonly fields: readonly OutlineField[];
}

export interface OutlineField {
  readonly label: string;
  readonly marking: 'Team only' | 'Team and school' | null;
  readonly value: OutlineValue;
}

export type OutlineValue =
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  | { readonly kind: 'choices'; readonly choices: readonly string[] }
  | {
      readonly kind: 'checks';
      readonly checks: readonly { readonly label: string; readonly done: boolean }[];
    }
  | { readonly kind: 'rows'; readonly rows: readonly OutlineRow[] };

export interface OutlineRow {
  /** `Collaborator 2` */
  readonly title: string;
  readonly fields: readonly OutlineField[];
}

/** @returns the tree; sections without a block of theirs in `blocks` are left out */
export function caseOutline(content: CaseContent): CaseOutline {
  const { framework } = content;
  const names = new Map(content.schools.map((school) => [school.id, schoolName(school)]));
  return {
    studyTitle: content.studyTitle,
    title: content.title,
    subtitle: content.subtitle,
    schools: content.schools.map(schoolName),
    date: longDate(content.day),
    language: framework.language,
    sections: framework.sections.flatMap((section): OutlineSection[] => {
      const parts = partsOf(section, content, names);
      if (parts.length === 0) return [];
      return [
        {
          number: section.number ?? null,
          title: section.title,
          level: levelOf(framework, section),
          marking: marking(section.audience),
          parts,
        },
      ];
    }),
  };
}

function schoolName(school: { readonly name: string; readonly place: string }): string {
  return school.place === '' ? school.name : `${school.name}, ${school.place}`;
}

function levelOf(framework: Framework, section: Section): number {
  let level = 2;
  const seen = new Set([section.id]);
  let parent = section.parent;
  while (parent !== undefined && !seen.has(parent)) {
    seen.add(parent);
    level += 1;
    parent = framework.sections.find((found) => found.id === parent)?.parent;
  }
  return level;
}

function marking(audience: Audience): 'Team only' | 'Team and school' | null {
  switch (audience) {
    case 'print':
      return null;
    case 'shareable':
      return 'Team and school';
    case 'team':
      return 'Team only';
    default:
      return audience satisfies never;
  }
}

/** In the order of the case's schools, whatever the order of the blocks. */
function partsOf(section: Section, content: CaseContent, names: ReadonlyMap<string, string>): OutlinePart[] {
  const places = section.occurrence === 'once' ? [null] : content.schools.map((school) => school.id);
  return places.flatMap((schoolId): OutlinePart[] => {
    const block = content.blocks.find(
      (found) => found.sectionId === section.id && found.schoolId === schoolId,
    );
    if (!block) return [];
    return [
      {
        school: schoolId === null ? null : (names.get(schoolId) ?? null),
        notApplicable: block.notApplicable,
        text: section.prose ? block.text : null,
        fields: section.fields.flatMap((field) => outlineField(field, block.values)),
      },
    ];
  });
}

/** Fields without an answer are left out. */
function outlineField(field: Field, values: FieldValues): OutlineField[] {
  if (field.kind !== 'group') return simpleField(field, { fieldId: field.id }, values);
  const rows = rowIds(values, field.id)
    .map((rowId) =>
      field.fields.flatMap((inner) =>
        simpleField(inner, { fieldId: inner.id, row: { groupId: field.id, rowId } }, values),
      ),
    )
    .filter((fields) => fields.length > 0)
    .map((fields, index) => ({ title: `${capitalised(field.rowName)} ${index + 1}`, fields }));
  if (rows.length === 0) return [];
  return [{ label: field.label, marking: fieldMarking(field), value: { kind: 'rows', rows } }];
}

function simpleField(field: SimpleField, place: FieldPlace, values: FieldValues): OutlineField[] {
  const value = simpleValue(field, place, values);
  return value ? [{ label: field.label, marking: fieldMarking(field), value }] : [];
}

/** Said of the field only where it says more than its section. */
function fieldMarking(field: Field): OutlineField['marking'] {
  return field.audience === undefined ? null : marking(field.audience);
}

const YES_NO: Readonly<Record<string, string>> = { yes: 'Yes', no: 'No', unknown: 'Not known' };

function simpleValue(field: SimpleField, place: FieldPlace, values: FieldValues): OutlineValue | null {
  switch (field.kind) {
    case 'short-text':
    case 'long-text':
      return lines(fieldText(field, place, values).split('\n'));
    case 'number':
      return lines([figure(field.unit, place, values, fieldText(field, place, values))]);
    case 'date':
      return lines([longDate(fieldText(field, place, values))]);
    case 'choice':
      return lines([labelOf(field.options, fieldText(field, place, values))]);
    case 'yes-no': {
      const said = fieldText(field, place, values);
      return lines([Object.hasOwn(YES_NO, said) ? (YES_NO[said] as string) : '']);
    }
    case 'many-choices': {
      const chosen = field.options.filter((option) => isSet(values, place, option));
      if (chosen.length === 0) return null;
      return { kind: 'choices', choices: chosen.map((option) => option.label) };
    }
    case 'checklist': {
      const checks = field.items.map((item) => ({ label: item.label, done: isSet(values, place, item) }));
      return checks.some((check) => check.done) ? { kind: 'checks', checks } : null;
    }
    default:
      return field satisfies never;
  }
}

function lines(texts: readonly string[]): OutlineValue | null {
  const said = texts.map((text) => text.trim()).filter((text) => text !== '');
  return said.length > 0 ? { kind: 'lines', lines: said } : null;
}

function isSet(values: FieldValues, place: FieldPlace, option: Option): boolean {
  return values[optionKey(place, option.id)] === true;
}

function labelOf(options: readonly Option[], id: string): string {
  return options.find((option) => option.id === id)?.label ?? '';
}

/** `240 pupils (2024; school census)` */
function figure(unit: string | undefined, place: FieldPlace, values: FieldValues, number: string): string {
  const year = String(values[yearKey(place)] ?? '').trim();
  const source = String(values[sourceKey(place)] ?? '').trim();
  const origin = [year, source].filter((said) => said !== '').join('; ');
  const amount =
    number.trim() === '' ? '' : unit === '%' ? `${number.trim()}%` : [number.trim(), unit].join(' ').trim();
  return [amount, origin === '' ? '' : `(${origin})`].filter((said) => said !== '').join(' ');
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** @returns whether nothing is written in this part */
export function isEmptyPart(part: OutlinePart): boolean {
  return part.notApplicable === null && part.fields.length === 0 && !hasWords(part.text);
}

function hasWords(node: ProseMirrorJson | null): boolean {
  if (!node) return false;
  return (node.text ?? '').trim() !== '' || (node.content ?? []).some(hasWords);
}
