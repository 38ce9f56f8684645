/**
 * What people at schools are told before they take part: an information sheet
 * and privacy notice in one, of plain words under fixed headings. A version is
 * never changed; a new one takes its place.
 */

/** The parts, in the order in which they are read. */
export const SHEET_PART_IDS = [
  'about',
  'controller',
  'contact',
  'purpose',
  'basis',
  'held',
  'seen-by',
  'retention',
  'rights',
  'complaints',
] as const;
export type SheetPartId = (typeof SHEET_PART_IDS)[number];
export type SheetParts = Readonly<Record<SheetPartId, string>>;

/** Characters of one part. */
export const SHEET_PART_LIMIT = 4_000;

/** The heading of each part as its reader sees it, and what helps whoever writes it. */
export const SHEET_PART_WORDS: Readonly<
  Record<SheetPartId, { readonly heading: string; readonly help: string }>
> = {
  about: {
    heading: 'What this is, and what we ask of you',
    help: 'What the study is, what taking part means, and that nobody has to.',
  },
  controller: {
    heading: 'Who is responsible',
    help: 'The organisation that answers for what is held (in law, the controller), with its address.',
  },
  contact: {
    heading: 'Whom you can ask',
    help: 'A person, and how to reach them.',
  },
  purpose: {
    heading: 'What it is for',
    help: 'Every use that you have in mind; anything else would need asking again.',
  },
  basis: {
    heading: 'What allows us to',
    help: 'The lawful basis. Your organisation can tell you which it is.',
  },
  held: {
    heading: 'What we hold about you',
    help: 'The first lines say what Casebook itself keeps. Add what you keep elsewhere.',
  },
  'seen-by': {
    heading: 'Who sees it',
    help: 'Everybody who may, those who run the server included, and the country where it stands.',
  },
  retention: {
    heading: 'How long we keep it',
    help: 'A date, or an event after which it goes.',
  },
  rights: {
    heading: 'What you can ask for',
    help: 'What the law gives people over what is held on them.',
  },
  complaints: {
    heading: 'If you are not content',
    help: 'Whom to complain to: first with you, then outside.',
  },
};

/**
 * A sheet to begin with. It says of Casebook what is so; what only its writer can
 * know is a gap in square brackets.
 */
export function sheetTemplate(of: {
  readonly studyTitle: string;
  readonly lead: { readonly name: string; readonly email: string };
}): SheetParts {
  return {
    about: `We are writing case studies for “${of.studyTitle}”. You are asked for some facts about your school, or to read what we have written about it.

Taking part is your choice. You can leave out whatever you would rather not say, and stop at any time without giving a reason. [Say what happens then with what was written so far.]`,
    controller:
      '[The name and address of your organisation, and of its data protection officer if it has one.]',
    contact: `${of.lead.name}, who leads the study: ${of.lead.email}`,
    purpose: `We use what you write for the case study about your school.

[Say where the case study will appear, and what else, if anything, you will use it for.]`,
    basis:
      '[Say which it is, such as: you agreed to it, and can take that back at any time; it is part of a task in the public interest; or you have a legitimate interest, and which.]',
    held: `- your name and the e-mail address to which we sent the invitation
- the school that you speak for
- what you write here, and when you wrote it
- when you signed in, with what kind of browser, and from which network: the internet address without its last part
- which version of this page you were shown, and when

One cookie keeps you signed in. Nothing of what you write stays on your device once you have signed out.`,
    'seen-by': `The team of the study sees it. Other schools do not see what you write unless it becomes part of what is published.

[Say who runs the server, and in which country it stands.]`,
    retention: '[Say until when you keep it, and what you do with it then.]',
    rights: `You can ask us to show you what we hold about you, to correct it, to erase it, to hold it without using it for a while, or to give it to you as a file. You can object to what we do with it.

Once you have come in, this page offers you a file of everything that Casebook holds about you.`,
    complaints: `Tell us first if you like: ${of.lead.name}, ${of.lead.email}.

You can also complain to a data protection authority at any time. [Name yours, and how to reach it.]`,
  };
}

/** A gap that the template left, or somebody made for later: words in square brackets. */
const GAP = /\[[^[\]\n]*\p{L}[^[\]\n]*\]/u;

/** @returns the first gap of a part that is still to be filled, without its brackets; null where there is none */
export function gapIn(text: string): string | null {
  return GAP.exec(text)?.[0].slice(1, -1).trim() ?? null;
}

/** @returns what keeps a sheet from being shown to anybody, part by part; empty where nothing does */
export function sheetFaults(
  parts: SheetParts,
): readonly { readonly part: SheetPartId; readonly message: string }[] {
  return SHEET_PART_IDS.flatMap((part) => {
    const text = parts[part].trim();
    if (text === '') return [{ part, message: 'needs some words' }];
    if (text.length > SHEET_PART_LIMIT) {
      return [{ part, message: `is longer than ${SHEET_PART_LIMIT} characters` }];
    }
    const gap = gapIn(text);
    return gap === null ? [] : [{ part, message: `still has a gap in square brackets: ${gap}` }];
  });
}

/** @returns the parts whose words differ, in order; all of them where there was no sheet before */
export function changedParts(before: SheetParts | null, after: SheetParts): readonly SheetPartId[] {
  return SHEET_PART_IDS.filter((part) => before === null || before[part].trim() !== after[part].trim());
}

/** A paragraph, line by line, or a list. */
export type SheetBlock =
  | { readonly kind: 'words'; readonly lines: readonly string[] }
  | { readonly kind: 'list'; readonly items: readonly string[] };

/** @returns a part's text as it is drawn: empty lines part paragraphs, lines that begin with a dash are a list */
export function sheetBlocks(text: string): readonly SheetBlock[] {
  const blocks: SheetBlock[] = [];
  for (const chunk of text.split(/\n\s*\n/)) {
    let lines: string[] = [];
    let items: string[] = [];
    const close = () => {
      if (lines.length > 0) blocks.push({ kind: 'words', lines });
      if (items.length > 0) blocks.push({ kind: 'list', items });
      [lines, items] = [[], []];
    };
    for (const line of chunk.split('\n').map((one) => one.trim())) {
      const item = /^[-–•]\s+(.+)$/.exec(line)?.[1];
      if (line === '') continue;
      if ((item === undefined) === items.length > 0) close();
      if (item === undefined) lines.push(line);
      else items.push(item);
    }
    close();
  }
  return blocks;
}
