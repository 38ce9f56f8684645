/**
 * Ten others in each of some blocks, in a process of their own: five keys a second
 * each, every key an update and a moved caret, as an editor sends them. They type
 * only in the block whose id stands in the last line of the input; an empty line
 * lets them rest. Arguments: url, token, block ids. Runs until it is killed.
 */
import { createInterface } from 'node:readline';
import { createRelativePositionFromTypeIndex, XmlElement, XmlText } from 'yjs';
import { CONTENT } from '../../shared/document/block-parts.ts';
import { openStock } from './seeding.ts';

const TYPISTS = 10;
const KEY_EVERY_MS = 200;
const LETTERS = 'the other people type here as well ';

const [url = '', token = '', ...blockIds] = process.argv.slice(2);
let typingIn = '';

for (const blockId of blockIds) {
  for (let t = 0; t < TYPISTS; t++) {
    const provider = await openStock({ url, token }, blockId);
    const content = provider.doc.getXmlFragment(CONTENT);
    const paragraph = new XmlElement('paragraph');
    const text = new XmlText();
    provider.doc.transact(() => {
      content.insert(content.length, [paragraph]);
      paragraph.insert(0, [text]);
    });
    let typed = 0;
    setTimeout(
      () =>
        setInterval(() => {
          if (typingIn !== blockId) return;
          text.insert(text.length, LETTERS.charAt(typed++ % LETTERS.length));
          const caret = createRelativePositionFromTypeIndex(text, text.length);
          provider.awareness.setLocalStateField('cursor', { anchor: caret, head: caret });
        }, KEY_EVERY_MS),
      (t * KEY_EVERY_MS) / TYPISTS,
    );
  }
}
createInterface({ input: process.stdin }).on('line', (line) => {
  typingIn = line;
});
process.stdout.write('ready\n');
