import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip,
  Document,
  Footer,
  Header,
  type ILevelsOptions,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  TextRun,
} from 'docx';
import { plainCharacters } from '../../shared/document/plain-characters.ts';
import {
  type CaseOutline,
  isEmptyPart,
  type OutlineField,
  type OutlinePart,
  type OutlineSection,
  type OutlineValue,
} from '../../shared/publishing/case-outline.ts';
import { type DocxBlock, docxText, LIST_LEVELS, ListNumbers, numberingName, run } from './docx-text.ts';

const NOTICE = 'DRAFT – not for circulation';

/**
 * A draft as a Word document: real headings, lists and tables, a title page, and
 * the notice that it is a draft on every page. Nothing in it is fetched.
 * @returns the bytes of the .docx
 */
export async function draftDocx(outline: CaseOutline): Promise<Buffer> {
  const lists = new ListNumbers();
  const children = [...titlePage(outline), ...outline.sections.flatMap((each) => section(each, lists))];
  const document = new Document({
    title: plainCharacters(outline.title),
    description: NOTICE,
    creator: 'Casebook',
    lastModifiedBy: 'Casebook',
    styles: styles(outline.language),
    numbering: { config: numberings(lists) },
    sections: [
      {
        properties: { page: { size: { width: millimetres(210), height: millimetres(297) } } },
        headers: { default: new Header({ children: [notice(AlignmentType.RIGHT)] }) },
        footers: { default: new Footer({ children: [notice(AlignmentType.CENTER), pageNumber()] }) },
        children,
      },
    ],
  });
  return Packer.toBuffer(document);
}

function millimetres(length: number): number {
  return convertMillimetersToTwip(length);
}

function notice(alignment: (typeof AlignmentType)[keyof typeof AlignmentType]): Paragraph {
  return new Paragraph({ style: 'DraftNotice', alignment, children: [new TextRun(NOTICE)] });
}

function pageNumber(): Paragraph {
  return new Paragraph({
    style: 'DraftNotice',
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ children: ['Page ', PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES] })],
  });
}

function titlePage(outline: CaseOutline): Paragraph[] {
  return [
    line(outline.studyTitle, 'Facts'),
    line(outline.title, 'Title'),
    ...(outline.subtitle === '' ? [] : [line(outline.subtitle, 'Subtitle')]),
    ...outline.schools.map((school) => line(school, 'Facts')),
    line(`Draft of ${outline.date}`, 'Facts'),
    new Paragraph({ pageBreakBefore: true }),
  ];
}

function line(text: string, style: string): Paragraph {
  return new Paragraph({ style, children: [run(text)] });
}

/** Level 2 of the outline is Word's first: the title has a style of its own. */
function heading(text: string, level: number, marking: string | null): Paragraph {
  return new Paragraph({
    style: `Heading${Math.min(6, level)}`,
    children: [run(text), ...(marking === null ? [] : [run(`  ${marking}`, { style: 'Marking' })])],
  });
}

function section(section: OutlineSection, lists: ListNumbers): DocxBlock[] {
  const level = section.level - 1;
  const title = section.number === null ? section.title : `${section.number} ${section.title}`;
  return [
    heading(title, level, section.marking),
    ...section.parts.flatMap((each) => part(each, level, lists)),
  ];
}

function part(part: OutlinePart, level: number, lists: ListNumbers): DocxBlock[] {
  const below = part.school === null ? level : level + 1;
  const school = part.school === null ? [] : [heading(part.school, below, null)];
  if (isEmptyPart(part)) return [...school, line('Nothing written yet.', 'Aside')];
  return [
    ...school,
    ...(part.notApplicable === null ? [] : [line(`Does not apply: ${part.notApplicable}`, 'Aside')]),
    ...(part.text === null ? [] : docxText(part.text, lists, below + 1)),
    ...part.fields.flatMap(field),
  ];
}

function field(field: OutlineField): Paragraph[] {
  const label = new Paragraph({
    style: 'FieldLabel',
    children: [
      run(field.label),
      ...(field.marking === null ? [] : [run(`  ${field.marking}`, { style: 'Marking' })]),
    ],
  });
  return [label, ...value(field.value)];
}

function value(value: OutlineValue): Paragraph[] {
  switch (value.kind) {
    case 'lines':
      return value.lines.map((each) => line(each, 'FieldValue'));
    case 'choices':
      return value.choices.map((choice) => bullet(choice));
    case 'checks':
      return value.checks.map(({ label, done }) => line(`${done ? '☑' : '☐'} ${label}`, 'FieldValue'));
    case 'rows':
      return value.rows.flatMap((row) => [line(row.title, 'RowTitle'), ...row.fields.flatMap(field)]);
    default:
      return value satisfies never;
  }
}

function bullet(text: string): Paragraph {
  const numbering = { reference: 'bullets', instance: 0, level: 0 };
  return new Paragraph({ style: 'FieldValue', numbering, children: [run(text)] });
}

function numberings(lists: ListNumbers) {
  const levels = (level: (index: number) => Partial<ILevelsOptions>): ILevelsOptions[] =>
    Array.from({ length: LIST_LEVELS }, (_, index) => ({
      level: index,
      alignment: AlignmentType.LEFT,
      style: {
        paragraph: { indent: { left: millimetres(8 * (index + 1)), hanging: millimetres(6) } },
      },
      ...level(index),
    }));
  return [
    { reference: 'bullets', levels: levels(() => ({ format: LevelFormat.BULLET, text: '•' })) },
    ...lists.starts.map((start) => ({
      reference: numberingName(start),
      levels: levels((index) => ({
        format: LevelFormat.DECIMAL,
        text: `%${index + 1}.`,
        start: index === 0 ? start : 1,
      })),
    })),
  ];
}

/** Sizes in half points, distances in twentieths of a point, as Word has them. */
function styles(language: string) {
  const sans = 'Arial';
  const headingStyle = (size: number, before: number) => ({
    run: { font: sans, size, bold: true, color: '211F1B' },
    paragraph: { keepNext: true, spacing: { before, after: 80 } },
  });
  const paragraphStyle = (id: string, name: string, run: object, paragraph: object = {}) => ({
    id,
    name,
    basedOn: 'Normal',
    next: 'Normal',
    run,
    paragraph,
  });
  return {
    default: {
      document: {
        run: { font: 'Georgia', size: 22, language: { value: language } },
        paragraph: { spacing: { after: 120, line: 300 } },
      },
      title: {
        run: { font: 'Georgia', size: 56, bold: true },
        paragraph: { spacing: { before: 2400, after: 160 } },
      },
      heading1: headingStyle(32, 480),
      heading2: headingStyle(26, 360),
      heading3: headingStyle(23, 280),
      heading4: headingStyle(22, 240),
      heading5: headingStyle(21, 200),
      heading6: headingStyle(21, 200),
    },
    paragraphStyles: [
      paragraphStyle('Subtitle', 'Subtitle', { size: 28, color: '5F594F' }),
      paragraphStyle('Facts', 'Facts', { font: sans, color: '5F594F', size: 20 }),
      paragraphStyle('Quote', 'Quote', { italics: true }, { indent: { left: millimetres(10) } }),
      paragraphStyle('Aside', 'Aside', { font: sans, color: '70695E', size: 20 }),
      paragraphStyle(
        'FieldLabel',
        'Field label',
        { font: sans, bold: true, size: 18, color: '5F594F' },
        { keepNext: true, spacing: { before: 160, after: 20 } },
      ),
      paragraphStyle('FieldValue', 'Field value', {}, { spacing: { after: 60 } }),
      paragraphStyle(
        'RowTitle',
        'Row title',
        { font: sans, bold: true, size: 20 },
        { keepNext: true, spacing: { before: 160, after: 20 } },
      ),
      paragraphStyle('DraftNotice', 'Draft notice', { font: sans, size: 18, color: 'A32F1F', bold: true }),
      paragraphStyle(
        'Rule',
        'Rule',
        {},
        { border: { bottom: { style: BorderStyle.SINGLE, size: 6, color: 'B9B2A4', space: 1 } } },
      ),
    ],
    characterStyles: [
      { id: 'Marking', name: 'Marking', run: { font: sans, size: 16, color: '5B4B8A', bold: false } },
    ],
  };
}
