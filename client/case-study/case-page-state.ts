import type { Editor } from '@tiptap/core';
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Person } from '../../shared/api/people.ts';
import type { PersonHere } from '../sync/replica.ts';
import { Value, type Watched } from '../sync/watched.ts';
import type { CaseSection } from './case-sections.ts';
import { EditorMounting } from './editor-mounting.ts';
import { LiveFacts } from './live-facts.ts';
import { factsFromServer, type SectionFacts } from './progress.ts';

/**
 * What changes often on a case's page, outside of React's state: only the parts
 * that show a thing are drawn again when it changes, and a key pressed in one
 * section draws nothing else.
 */
export class CasePageState {
  readonly caseId: string;
  readonly me: Pick<Person, 'id' | 'name'>;
  readonly facts = new LiveFacts();
  /** Block id of the section that is being read or written. */
  readonly current = new Value<string | null>(null);
  /** Whether the reader was brought to `current`, and has not moved since: what stands at the top says nothing then. */
  pinned = false;
  /** Whether `current` is where the reader is: everything is drawn, and what stands in view was looked at. */
  readonly placed = new Value(false);
  readonly peopleHere = new Value<readonly PersonHere[]>([]);
  readonly mounting: EditorMounting;
  readonly #editors = new Map<string, Value<Editor | null>>();
  #moveTo: (blockId: string | null, field: string | null) => void = () => {};
  #askAgain: () => void = () => {};

  constructor(caseId: string, me: Pick<Person, 'id' | 'name'>, wake: () => void) {
    this.caseId = caseId;
    this.me = me;
    this.mounting = new EditorMounting(wake);
  }

  /** Makes a section the current one until the reader moves. */
  pin(blockId: string): void {
    this.pinned = true;
    this.current.set(blockId);
    this.mounting.ask(blockId);
  }

  editor(blockId: string): Value<Editor | null> {
    let value = this.#editors.get(blockId);
    if (!value) {
      value = new Value<Editor | null>(null);
      this.#editors.set(blockId, value);
    }
    return value;
  }

  /** Tells the others where this person is. */
  moveTo(blockId: string | null, field: string | null): void {
    this.#moveTo(blockId, field);
  }

  tellMovesTo(moveTo: (blockId: string | null, field: string | null) => void): void {
    this.#moveTo = moveTo;
  }

  /** A text that was agreed reads differently now: the records are to be asked whether they still agree. */
  agreedTextChanged(): void {
    this.#askAgain();
  }

  askAgainBy(askAgain: () => void): void {
    this.#askAgain = askAgain;
  }

  /** Under what this person's folding of a section's prompts is kept on the device. */
  foldKey(blockId: string): string {
    return `${this.me.id}.${this.caseId}.${blockId}`;
  }

  factsOf = (section: CaseSection): SectionFacts =>
    this.facts.get(section.blockId) ?? factsFromServer(section.state);
}

export const CasePageContext = createContext<CasePageState | null>(null);

/** @throws Error outside of a case's page */
export function useCasePage(): CasePageState {
  const page = useContext(CasePageContext);
  if (!page) throw new Error('a part of the case page is used outside of it');
  return page;
}

export function useWatched<T>(watched: Watched<T>): T {
  return useSyncExternalStore(watched.watch, watched.get, watched.get);
}

/** Draws again when the facts of any section change; @returns the facts by section */
export function useAllFacts(): (section: CaseSection) => SectionFacts {
  const page = useCasePage();
  useSyncExternalStore(
    page.facts.watch,
    () => page.facts.version,
    () => page.facts.version,
  );
  return page.factsOf;
}

/** Draws again when the facts of this section change. */
export function useFacts(section: CaseSection): SectionFacts {
  const page = useCasePage();
  const live = useSyncExternalStore(
    page.facts.watch,
    () => page.facts.get(section.blockId),
    () => page.facts.get(section.blockId),
  );
  return live ?? factsFromServer(section.state);
}

/** Draws again when what `choose` picks of the people here changes; it must return equal values for equal people. */
export function usePeopleIn(blockId: string): readonly PersonHere[] {
  const page = useCasePage();
  const key = useSyncExternalStore(
    page.peopleHere.watch,
    () => keyOf(page.peopleHere.get(), blockId),
    () => keyOf(page.peopleHere.get(), blockId),
  );
  return key === '' ? NOBODY : page.peopleHere.get().filter((here) => here.blockId === blockId);
}

const NOBODY: readonly PersonHere[] = [];

function keyOf(people: readonly PersonHere[], blockId: string): string {
  return people
    .filter((here) => here.blockId === blockId)
    .map((here) => `${here.person.id} ${here.field ?? ''}`)
    .join('\n');
}
