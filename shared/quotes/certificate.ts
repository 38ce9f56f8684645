import { escapeHtml } from '../document/html.ts';
import { BOARD_WORDS, type BoardWord } from './board-words.ts';
import type { QuoteEvent } from './quote-event.ts';
import { RECORD_BROKEN } from './record-broken.ts';
import { HOW_SAID_WORDS, type HowSaid } from './source.ts';
import { scanOfStep, stepWords } from './step-words.ts';

/** What stands on a certificate: one page for one quote. */
export interface Certificate {
  readonly studyTitle: string;
  readonly caseTitle: string;
  readonly wording: string;
  /** As the speakers are named beside it; empty for whoever is not named. */
  readonly speakers: readonly string[];
  readonly how: HowSaid;
  readonly saidOn: string | null;
  /** In the team's words; told, like a reason, of whoever is named with their name alone (NAME-1). */
  readonly source: string;
  readonly word: BoardWord;
  /** The first step of the record that is not as it was written; null while all are. */
  readonly broken: number | null;
  readonly steps: readonly CertificateStep[];
  /** All of them are named with their name. */
  readonly isNamed: boolean;
  /** How a speaker is named, by id. */
  readonly nameOf: (speaker: string) => string;
  readonly code: string;
  /** Where the code is checked. */
  readonly checkAt: string;
  /** Milliseconds since 1970, and the clock on which times are shown. */
  readonly madeAt: number;
  readonly zone: string;
}

export interface CertificateStep {
  readonly event: QuoteEvent;
  /** Who did it; empty for Casebook itself. */
  readonly by: string;
}

/** What a certificate tells, in words; laid out as a page or as a PDF. */
export interface CertificateWords {
  readonly title: string;
  readonly place: string;
  readonly wording: string;
  readonly who: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly done: string;
  readonly steps: readonly { readonly at: string; readonly line: string; readonly scan: string }[];
  readonly foot: string;
}

export function certificateWords(certificate: Certificate): CertificateWords {
  const { madeAt, zone, steps, isNamed, nameOf, code, checkAt } = certificate;
  const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: zone });
  const speakers = certificate.speakers.filter((name) => name !== '');
  const source = [
    HOW_SAID_WORDS[certificate.how],
    ...(certificate.saidOn === null ? [] : [certificate.saidOn]),
    ...(isNamed && certificate.source !== '' ? [certificate.source] : []),
  ].join(', ');
  return {
    title: 'Certificate of a quote',
    place: `${certificate.studyTitle} · ${certificate.caseTitle}`,
    wording: certificate.wording,
    who: speakers.length === 0 ? 'The speaker is not named.' : speakers.join('; '),
    facts: [
      ['Said', source],
      ['Stands as', certificate.broken === null ? BOARD_WORDS[certificate.word] : RECORD_BROKEN],
      ['Code', code],
    ],
    done: 'What was done with it',
    steps: steps.map((step) => ({
      at: moment.format(step.event.at),
      line: stepLine(step, nameOf, isNamed),
      scan: scanLine(step.event, isNamed),
    })),
    foot: `Times are those of ${zone}. Made on ${moment.format(madeAt)}. Whether this is what the record holds, and whether anything was added since, is seen with the code at ${checkAt}`,
  };
}

/** @returns the page, to print or to keep: self-contained, without any script, and fetching nothing (INPUT-2) */
export function certificateHtml(certificate: Certificate): string {
  const { title, place, wording, who, facts, done, steps, foot } = certificateWords(certificate);
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<p class="study">${escapeHtml(place)}</p>
<h1>${title}</h1>
<blockquote><p>${escapeHtml(wording)}</p></blockquote>
<p class="who">${escapeHtml(who)}</p>
<dl>
${facts.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${name === 'Code' ? `<code>${escapeHtml(value)}</code>` : escapeHtml(value)}</dd>`).join('\n')}
</dl>
<h2>${done}</h2>
<ol>
${steps.map(({ at, line, scan }) => `<li><time>${escapeHtml(at)}</time> ${escapeHtml(line)}${scan === '' ? '' : `<br><span class="scan">${escapeHtml(scan)}</span>`}</li>`).join('\n')}
</ol>
<footer>
<p>${escapeHtml(foot)}</p>
</footer>
</main>
</body>
</html>
`;
}

function stepLine({ event, by }: CertificateStep, nameOf: Certificate['nameOf'], isNamed: boolean): string {
  const reason = isNamed && event.kind === 'found-fair' && event.reason ? `: ${event.reason}` : '';
  return `${stepWords(event, nameOf)}${reason}${by === '' ? '' : ` · ${by}`}`;
}

/** A scan is named by its content: who has the sheet's file can tell whether it is this one. */
function scanLine(event: QuoteEvent, isNamed: boolean): string {
  const scan = scanOfStep(event);
  if (!scan) return '';
  // what somebody called a file may tell who it is from (NAME-1)
  const name = isNamed && scan.name !== '' ? `${scan.name}, ` : '';
  return `Scan: ${name}SHA-256 ${scan.hash}`;
}

/**
 * @param check null where the record holds no such step
 * @returns what the code of a certificate or a receipt says, as a page like it; nothing of the quote
 */
export function certificateCheckHtml(
  code: string,
  check: { readonly at: number; readonly steps: number; readonly since: number } | null,
): string {
  const title = check ? 'This is what the record holds' : 'The record holds nothing by this code';
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<p class="study">The code of a receipt or a certificate</p>
<h1>${title}</h1>
<p>${check ? checkWords(check) : 'Look whether the whole code was copied. If it was, the paper does not show what was recorded: ask whoever gave it to you.'}</p>
<dl>
<dt>Code</dt><dd><code>${escapeHtml(code)}</code></dd>
</dl>
</main>
</body>
</html>
`;
}

function checkWords({ at, since }: { readonly at: number; readonly since: number }): string {
  const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  const after =
    since === 0
      ? 'Nothing was done with the quote since.'
      : `${since === 1 ? 'One step was' : `${since} steps were`} taken with the quote since: ask the team how it stands now.`;
  return `What it shows was recorded so on ${moment.format(at)} (UTC). ${after}`;
}

const STYLE = `
:root { color-scheme: light; }
body { margin: 0; background: #fff; color: #222; font: 11pt/1.5 Georgia, 'Times New Roman', serif; }
main { max-width: 42rem; margin: 0 auto; padding: 2.5rem 1.5rem; }
h1 { font-size: 1.5rem; margin: 0.25rem 0 1.5rem; }
h2 { font-size: 1.05rem; margin: 2rem 0 0.5rem; }
.study, .who, dt, footer, time { color: #555; font-family: system-ui, sans-serif; font-size: 0.85rem; }
blockquote { margin: 0; padding: 0 0 0 1.25rem; border-left: 3px solid #2f6f6a; font-size: 1.35rem; }
blockquote p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.who { margin: 0.75rem 0 1.5rem 1.4rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; margin: 0; }
dd { margin: 0; overflow-wrap: anywhere; }
code { font-size: 0.9rem; }
ol { padding-left: 1.25rem; margin: 0; }
time { display: inline-block; margin-right: 0.5rem; }
.scan { font-size: 0.85rem; overflow-wrap: anywhere; }
footer { margin-top: 2rem; border-top: 1px solid #ccc; }
@page { margin: 18mm; }
`;
