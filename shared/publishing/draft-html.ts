import { escapeHtml, toHtml } from '../document/html.ts';
import {
  type CaseOutline,
  isEmptyPart,
  type OutlineField,
  type OutlinePart,
  type OutlineSection,
  type OutlineValue,
} from './case-outline.ts';

/**
 * A draft as one printable page: semantic, self-contained, without any script,
 * and fetching nothing (INPUT-2).
 */
export function draftHtml(outline: CaseOutline): string {
  return `<!doctype html>
<html lang="${escapeHtml(outline.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(outline.title)} (draft)</title>
<style>${STYLE}</style>
</head>
<body>
<header class="draft"><p>Draft – not for circulation</p></header>
<div class="watermark" aria-hidden="true">DRAFT</div>
<main>
<header>
<p class="study">${escapeHtml(outline.studyTitle)}</p>
<h1>${escapeHtml(outline.title)}</h1>
${outline.subtitle === '' ? '' : `<p class="subtitle">${escapeHtml(outline.subtitle)}</p>`}
<ul class="schools">${outline.schools.map((school) => `<li>${escapeHtml(school)}</li>`).join('')}</ul>
<p class="date">Draft of ${escapeHtml(outline.date)}</p>
</header>
${outline.sections.map(sectionHtml).join('\n')}
</main>
</body>
</html>
`;
}

function sectionHtml(section: OutlineSection): string {
  const level = Math.min(5, section.level);
  const number = section.number === null ? '' : `<span class="number">${escapeHtml(section.number)}</span> `;
  const mark = section.marking === null ? '' : ` ${markingHtml(section.marking)}`;
  return `<section>
<h${level}>${number}${escapeHtml(section.title)}${mark}</h${level}>
${section.parts.map((part) => partHtml(part, level)).join('\n')}
</section>`;
}

function partHtml(part: OutlinePart, level: number): string {
  const below = part.school === null ? level : level + 1;
  const school = part.school === null ? '' : `<h${below}>${escapeHtml(part.school)}</h${below}>\n`;
  if (isEmptyPart(part)) return `${school}<p class="empty">Nothing written yet.</p>`;
  const reason =
    part.notApplicable === null
      ? ''
      : `<p class="empty">Does not apply: ${escapeHtml(part.notApplicable)}</p>`;
  // headings inside the text start at 3, right for a section at level 2
  const text = part.text === null ? '' : toHtml(part.text, { deeperHeadings: below - 2 });
  return `${school}${reason}${text}${fieldsHtml(part.fields)}`;
}

function fieldsHtml(fields: readonly OutlineField[]): string {
  if (fields.length === 0) return '';
  return `<dl>${fields.map(fieldHtml).join('')}</dl>`;
}

function fieldHtml(field: OutlineField): string {
  const mark = field.marking === null ? '' : ` ${markingHtml(field.marking)}`;
  return `<dt>${escapeHtml(field.label)}${mark}</dt><dd>${valueHtml(field.value)}</dd>`;
}

function markingHtml(marking: string): string {
  return `<span class="marking">${escapeHtml(marking)}</span>`;
}

function valueHtml(value: OutlineValue): string {
  switch (value.kind) {
    case 'lines':
      return value.lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('');
    case 'choices':
      return `<ul>${value.choices.map((choice) => `<li>${escapeHtml(choice)}</li>`).join('')}</ul>`;
    case 'checks':
      return `<ul class="checks">${value.checks
        .map(({ label, done }) => `<li>${done ? '☑' : '☐'} ${escapeHtml(label)}${done ? ' (done)' : ''}</li>`)
        .join('')}</ul>`;
    case 'rows':
      return value.rows
        .map(
          (row) =>
            `<div class="row"><p class="row-title">${escapeHtml(row.title)}</p>${fieldsHtml(row.fields)}</div>`,
        )
        .join('');
    default:
      return value satisfies never;
  }
}

const STYLE = `
:root { color-scheme: light; }
body, .draft p { margin: 0; } body { color: #211f1b; background: #fff; font: 17px/1.6 "Source Serif 4", Georgia, "Times New Roman", serif; }
main { max-width: 42rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 2em 0 .5em; break-after: avoid; }
h1 { font-size: 2.1rem; margin-top: .2em; } h2 { font-size: 1.5rem; border-bottom: 1px solid #e5e0d5; padding-bottom: .2em; }
h3 { font-size: 1.2rem; } h4, h5, h6 { font-size: 1.05rem; }
main > header { border-bottom: 2px solid #211f1b; padding-bottom: 1.5rem; }
.study, .date, .schools, .empty, dt, .row-title, .marking, .draft { font-family: Inter, "Helvetica Neue", Arial, sans-serif; }
.study, .date, .schools { color: #5f594f; margin: .2rem 0; padding: 0; list-style: none; font-size: .9rem; }
.subtitle { font-size: 1.2rem; color: #5f594f; margin: 0 0 1rem; }
.number { color: #70695e; font-variant-numeric: tabular-nums; }
.empty { color: #70695e; font-size: .9rem; }
.marking { font-size: .75rem; font-weight: 600; color: #5b4b8a; background: #ece8f7; border-radius: 4px; padding: .1em .5em; white-space: nowrap; }
.draft { padding: .4rem 1rem; text-align: center; background: #fae6e1; color: #a32f1f; font-size: .85rem; font-weight: 600; }
.watermark { position: fixed; inset: 0; z-index: -1; display: grid; place-items: center; font: 700 30vmin/1 Arial, sans-serif; color: #f6efe9; transform: rotate(-30deg); pointer-events: none; }
dl { margin: 1rem 0; } dt { font-size: .8rem; font-weight: 600; color: #5f594f; margin-top: .8rem; }
dd { margin: 0; } dd p { margin: .1rem 0; } dd ul { margin: .1rem 0; padding-left: 1.2rem; }
.row { border-left: 3px solid #e5e0d5; padding-left: 1rem; margin: .6rem 0; break-inside: avoid; } .row-title { font-weight: 600; font-size: .9rem; margin: 0; }
.checks, ul[data-type="taskList"] { list-style: none; padding-left: 0; } li[data-type="taskItem"] { display: flex; gap: .5rem; } li[data-type="taskItem"] p { margin: 0; }
blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid #70695e; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; } th, td { border: 1px solid #b9b2a4; padding: .3rem .5rem; text-align: left; vertical-align: top; } td p, th p { margin: 0; }
a { color: #1d5c63; } p, li, dd, td, th { overflow-wrap: anywhere; }
@page { margin: 20mm 18mm; }
@media print { body { font-size: 11pt; } main { max-width: none; padding: 0; } .draft { border: 1px solid #a32f1f; } a { color: inherit; } }
`;
