/**
 * Ten others typing into one block, in a process of their own: five keys a second
 * each, every key an update and a moved caret, as an editor sends them.
 * Arguments: url, token, block id. Runs until it is killed.
 */
import { createRelativePositionFromTypeIndex, XmlElement, XmlText } from 'yjs';
import { CONTENT } from '../../shared/document/block-parts.ts';
import { openStock } from './seeding.ts';

const TYPISTS = 10;
const KEY_EVERY_MS = 200;
const LETTERS = 'the other people type here as well ';

const [url = '', token = '', blockId = ''] = process.argv.slice(2);

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
        text.insert(text.length, LETTERS.charAt(typed++ % LETTERS.length));
        const caret = createRelativePositionFromTypeIndex(text, text.length);
        provider.awareness.setLocalStateField('cursor', { anchor: caret, head: caret });
      }, KEY_EVERY_MS),
    (t * KEY_EVERY_MS) / TYPISTS,
  );
}
process.stdout.write('typing\n');
