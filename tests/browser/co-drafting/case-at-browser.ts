import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { Role } from '../../../shared/permissions/roles.ts';
import { openPerson } from '../../support/browser.ts';
import type { Team } from '../../support/team.ts';
import { Cable } from './cable.ts';
import { giveHand } from './in-page.ts';

/** Somebody of the team with a browser of their own, and a way to the server that can be cut. */
export class MemberAtBrowser {
  readonly context: BrowserContext;
  readonly cable: Cable;
  readonly personId: string;
  readonly name: string;
  /** What the pages complained of, other than that there is no network. */
  readonly complaints: string[] = [];
  readonly #team: Team;

  private constructor(
    team: Team,
    name: string,
    cable: Cable,
    person: { context: BrowserContext; personId: string },
  ) {
    this.#team = team;
    this.name = name;
    this.cable = cable;
    this.context = person.context;
    this.personId = person.personId;
  }

  static async join(
    browser: Browser,
    url: string,
    team: Team,
    name: string,
    role: Exclude<Role, 'owner'> = 'fieldworker',
  ): Promise<MemberAtBrowser> {
    const cable = await Cable.to(url);
    const person = await openPerson(browser, cable.through(await team.invite(name, role)));
    await person.context.addInitScript(giveHand);
    await person.page.close();
    return new MemberAtBrowser(team, name, cable, person);
  }

  /** A page on the case, in which the section can be written in. */
  async open(sectionId: string): Promise<CaseAtBrowser> {
    const page = await this.context.newPage();
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    const at = new CaseAtBrowser(page, this.#team);
    await at.goTo(sectionId);
    return at;
  }

  async goOffline(): Promise<void> {
    await this.context.setOffline(true);
    await this.cable.cut();
  }

  async goOnline(): Promise<void> {
    await this.cable.mend();
    await this.context.setOffline(false);
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.cable.cut();
  }
}

/** What a page has shown, in the order in which it did. */
export interface Shown {
  /** What the bar said of what was typed. */
  readonly said: string[];
  readonly texts: string[];
  /** The texts beside which it said "Saved". */
  readonly saved: string[];
}

/** The page of the team's case. */
export class CaseAtBrowser {
  readonly page: Page;
  readonly #team: Team;
  #watches = 0;

  constructor(page: Page, team: Team) {
    this.page = page;
    this.#team = team;
  }

  /** @returns the id of the section's block */
  static blockOf(team: Team, sectionId: string): string {
    const block = team.case.blocks.find((one) => one.sectionId === sectionId);
    if (!block) throw new Error(`the case has no section ${sectionId}`);
    return block.blockId;
  }

  async goTo(sectionId: string): Promise<void> {
    await this.page.goto(`/cases/${this.#team.case.id}?section=${sectionId}`);
    await this.text(sectionId).waitFor();
  }

  /** Goes to a section of the open page, by the outline. */
  async goBy(sectionId: string): Promise<void> {
    await this.goTowards(sectionId);
    await this.text(sectionId).waitFor();
  }

  /** As `goBy`, where it may be that the section can't be written in. */
  async goTowards(sectionId: string): Promise<void> {
    await this.page.locator(`nav a[href="?section=${sectionId}"]`).click();
  }

  block(sectionId: string): string {
    return CaseAtBrowser.blockOf(this.#team, sectionId);
  }

  section(sectionId: string): Locator {
    return this.page.locator(`[id="section-${this.block(sectionId)}"]`);
  }

  /** The running text, where it can be written in. */
  text(sectionId: string): Locator {
    return this.section(sectionId).locator('.prose[contenteditable="true"]');
  }

  /** The lines of the running text, as they stand now. */
  reads(sectionId: string): Promise<string> {
    return this.page.evaluate((blockId) => window.hand.text(blockId), this.block(sectionId));
  }

  /** Resolves when the running text reads so. */
  async until(sectionId: string, text: string): Promise<void> {
    await this.page.evaluate(([blockId, wanted]) => window.hand.until(blockId, wanted), [
      this.block(sectionId),
      text,
    ] as const);
  }

  /** Resolves when the section can be written in without a network, on a page opened anew too. */
  async onDevice(sectionId: string): Promise<void> {
    await this.page.evaluate((blockId) => window.hand.onDevice(blockId), this.block(sectionId));
  }

  /** Takes the section's copy off this device. */
  async forget(sectionId: string): Promise<void> {
    await this.page.evaluate((blockId) => window.hand.forget(blockId), this.block(sectionId));
  }

  /** Types at the end of the running text, by keyboard. */
  async write(sectionId: string, words: string): Promise<void> {
    await this.toEnd(sectionId);
    await this.page.keyboard.type(words);
  }

  /** Puts the caret into the running text. @param position in its lines as they are read */
  async caretAt(sectionId: string, position: number): Promise<void> {
    await this.page.evaluate(([blockId, at]) => window.hand.caret(blockId, at), [
      this.block(sectionId),
      position,
    ] as const);
  }

  async toEnd(sectionId: string): Promise<void> {
    await this.text(sectionId).focus();
    await this.page.keyboard.press('Control+End');
    // The editor hears of a moved caret a little later.
    await this.page.evaluate((blockId) => window.hand.atEnd(blockId), this.block(sectionId));
  }

  /** What the bar says of what was typed, as soon as it says it. */
  async says(words: string | RegExp): Promise<void> {
    const bar = this.page.getByRole('banner');
    await bar
      .getByText(words, { exact: typeof words === 'string' })
      .first()
      .waitFor();
  }

  /** Follows, from now on, what the page shows: what its bar says, and the running text. */
  async watch(sectionId: string): Promise<Shown> {
    const shown: Shown = { said: [], texts: [], saved: [] };
    const name = `shown${this.#watches++}`;
    await this.page.exposeFunction(name, (said: string, text: string) => {
      if (shown.said.at(-1) !== said) shown.said.push(said);
      if (shown.texts.at(-1) !== text) shown.texts.push(text);
      if (said === 'Saved') shown.saved.push(text);
    });
    await this.page.evaluate(([tell, blockId]) => window.hand.watch(blockId, tell), [
      name,
      this.block(sectionId),
    ] as const);
    return shown;
  }

  /** Resolves when the page is served from this device. */
  async installed(): Promise<void> {
    await this.page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      if (navigator.serviceWorker.controller) return;
      await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
    });
  }
}
