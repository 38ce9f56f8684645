import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EditorMounting } from '../../client/case-study/editor-mounting.ts';

const IDS = Array.from({ length: 40 }, (_, index) => `b${index}`);

function mounting(most = 5): { of: EditorMounting; settle(): void; writing(): string[] } {
  const of = new EditorMounting(() => {}, most);
  of.setOrder(IDS);
  return {
    of,
    settle() {
      while (of.step());
    },
    writing: () => IDS.filter((id) => of.of(id).get() === 'writing'),
  };
}

describe('which sections have an editor', () => {
  it('begins with what is in view, from the top, then what is near', () => {
    const page = mounting();
    page.of.see('b7', 'near');
    page.of.see('b4', 'visible');
    page.of.see('b3', 'visible');
    const order: string[] = [];
    for (const id of IDS) page.of.of(id).watch(() => order.push(`${id} ${page.of.of(id).get()}`));
    expect(page.of.urgent).toBe(true);
    page.of.step();
    page.of.step();
    expect(page.of.urgent).toBe(false);
    page.of.step();
    expect(order).toEqual(['b3 writing', 'b4 writing', 'b7 writing']);
  });

  it('opens the others afterwards without an editor, so that the case is on the device', () => {
    const page = mounting();
    page.of.see('b0', 'visible');
    page.settle();
    expect(page.writing()).toEqual(['b0']);
    expect(IDS.every((id) => page.of.of(id).get() !== 'reading')).toBe(true);
  });

  it('does not let go of one that was asked for before it comes into view', () => {
    const page = mounting(3);
    for (const id of ['b5', 'b6', 'b7']) page.of.see(id, 'near');
    page.settle();
    for (const id of ['b5', 'b6', 'b7']) page.of.see(id, 'far');
    page.of.ask('b5');
    const became: string[] = [];
    page.of.of('b5').watch(() => became.push(page.of.of('b5').get()));
    page.of.see('b20', 'visible');
    page.settle();
    expect(became).toEqual([]);
    expect(page.writing()).toEqual(['b5', 'b7', 'b20']);
  });

  it('says while what is in view waits for its live copy, and wakes when it is there', () => {
    let woken = 0;
    const page = new EditorMounting(() => woken++);
    page.setOrder(IDS);
    page.see('b3', 'visible');
    page.see('b5', 'near');
    page.step();
    expect(page.waits).toBe(true);
    const before = woken;
    page.arrived('b9');
    expect([page.waits, woken]).toEqual([true, before]);
    page.arrived('b3');
    expect([page.waits, woken]).toEqual([false, before + 1]);
    page.step();
    expect(page.of('b5').get()).toBe('writing');
    expect(page.waits).toBe(false);
  });

  it('takes editors that are out of sight before it goes beyond its bound', () => {
    const page = mounting(3);
    for (const id of ['b0', 'b1', 'b2']) page.of.see(id, 'visible');
    page.settle();
    for (const id of ['b0', 'b1', 'b2']) page.of.see(id, 'far');
    page.of.see('b9', 'visible');
    page.settle();
    expect(page.writing()).toEqual(['b1', 'b2', 'b9']);
  });

  it('mounts what was asked for although it is out of sight', () => {
    const page = mounting();
    page.of.see('b0', 'visible');
    page.of.ask('b30');
    expect(page.of.urgent).toBe(true);
    page.of.step();
    expect(page.writing()).toEqual(['b30']);
  });

  it('never takes the editor that holds the caret, nor one in view, and stays within its bound otherwise', () => {
    const move = fc.record({
      id: fc.constantFrom(...IDS),
      act: fc.constantFrom('visible', 'near', 'far', 'ask', 'focus'),
    });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 80 }), (moves) => {
        const page = mounting(4);
        const visible = new Set<string>();
        let focused: string | null = null;
        for (const { id, act } of moves) {
          if (act === 'ask') page.of.ask(id);
          else if (act === 'focus') {
            if (page.of.of(id).get() === 'writing') {
              focused = id;
              page.of.focus(id);
            }
          } else {
            page.of.see(id, act);
            if (act === 'visible') visible.add(id);
            else visible.delete(id);
          }
          page.settle();
          const writing = page.writing();
          if (focused) expect(writing).toContain(focused);
          for (const seen of visible) expect(writing).toContain(seen);
          expect(writing.length).toBeLessThanOrEqual(Math.max(4, visible.size + 1));
        }
      }),
    );
  });
});
