import type { Browser, Locator, Page } from 'playwright-core';
import type { CaseDetail } from '../../../shared/api/cases.ts';
import type { StudyDetail } from '../../../shared/api/studies.ts';
import { openPerson, type PersonAtBrowser } from '../../support/browser.ts';
import type { RunningServer } from '../../support/server.ts';

/** Names of the demo's people. */
export type DemoPerson = 'Imogen Farrell' | 'Ruth Adeyemi' | 'Tomasz Bielak' | 'Helen Voss';

/** The demo's people at their browsers; each comes in once, since their links open once. */
export class DemoTeam {
  readonly #browser: Browser;
  readonly #server: RunningServer;
  readonly #people = new Map<DemoPerson, Promise<PersonAtBrowser>>();

  constructor(browser: Browser, server: RunningServer) {
    this.#browser = browser;
    this.#server = server;
  }

  /**
   * A new page of somebody's on a case of the demo.
   * @param options.title how the case's title begins
   */
  async open(name: DemoPerson, options: { title?: string; section?: string } = {}): Promise<DemoCase> {
    const person = await this.#person(name);
    const get = async (path: string) => (await person.context.request.get(path)).json();
    const study = (await get(`/api${person.goTo}`)) as StudyDetail;
    const found = study.caseList.find(({ title }) => title.startsWith(options.title ?? 'Two teachers'));
    if (!found) throw new Error('the demo has no such case');
    const page = await person.context.newPage();
    const at = new DemoCase(page, (await get(`/api/cases/${found.id}`)) as CaseDetail);
    await at.goTo(options.section);
    return at;
  }

  #person(name: DemoPerson): Promise<PersonAtBrowser> {
    const known = this.#people.get(name);
    if (known) return known;
    const link = new RegExp(`${name}\\s+(http\\S+)`).exec(this.#server.stdout)?.[1];
    if (!link) throw new Error(`the demo prints no link for ${name}`);
    const person = openPerson(this.#browser, link);
    this.#people.set(name, person);
    return person;
  }
}

/** A case of the demo, open on one person's page. */
export class DemoCase {
  readonly page: Page;
  readonly detail: CaseDetail;
  /** What the page threw. */
  readonly complaints: string[] = [];

  constructor(page: Page, detail: CaseDetail) {
    this.page = page;
    this.detail = detail;
    this.page.on('pageerror', (error) => this.complaints.push(String(error)));
  }

  async goTo(section?: string): Promise<void> {
    const search = section === undefined ? '' : `?section=${section}`;
    await this.page.goto(`/cases/${this.detail.id}${search}`);
    await this.page.getByRole('heading', { level: 1 }).waitFor();
    await this.settled();
  }

  /** The page has opened every section, and says so. */
  async settled(): Promise<void> {
    await this.page.getByText('Saved', { exact: true }).first().waitFor();
  }

  blockOf(sectionId: string): string {
    const block = this.detail.blocks.find((one) => one.sectionId === sectionId);
    if (!block) throw new Error(`the case has no section ${sectionId}`);
    return block.blockId;
  }

  section(sectionId: string): Locator {
    return this.page.locator(`[id="section-${this.blockOf(sectionId)}"]`);
  }

  /** The running text where it can be written in. */
  text(sectionId: string): Locator {
    return this.section(sectionId).locator('.prose[contenteditable="true"]');
  }

  heading(sectionId: string): Locator {
    return this.section(sectionId).getByRole('heading', { level: 2 });
  }

  outline(): Locator {
    return this.page.getByRole('navigation', { name: 'Sections' });
  }

  /** Pixels from the top of the view to the section. */
  topOf(sectionId: string): Promise<number> {
    return this.section(sectionId).evaluate((element) => element.getBoundingClientRect().top);
  }

  /** Resolves when the section stands at the top of the view, under the bar. */
  async atTop(sectionId: string): Promise<void> {
    await this.page.waitForFunction(
      (id) => {
        const top = document.getElementById(id)?.getBoundingClientRect().top;
        return top !== undefined && top > 40 && top < 140;
      },
      `section-${this.blockOf(sectionId)}`,
    );
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}
