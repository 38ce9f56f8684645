import type { Editor } from '@tiptap/core';
import { Fragment, type Node, type NodeType, type Schema } from '@tiptap/pm/model';

/**
 * Two people may do, each by themselves, what the schema does not hold together: one
 * makes a heading of a line that the other puts into a list. y-tiptap deletes such a
 * node with all words in it, for everybody (SAVE-5). Here it is shown with what it
 * lacks put around the words; the block is left as it is until somebody edits there.
 */
export function showMergedNodes(editor: Editor): void {
  const { schema } = editor;
  const strict = schema.node;
  schema.node = (...made: Parameters<Schema['node']>) => {
    try {
      return strict.apply(schema, made);
    } catch (cause) {
      const [name, attrs, content] = made;
      const type = typeof name === 'string' ? schema.nodes[name] : name;
      const children = Fragment.from(content);
      // what holds nothing may go; but a page that may only read deletes nothing
      const mended =
        type && (children.size > 0 || !editor.isEditable) ? mendedNode(type, attrs ?? null, children) : null;
      if (!mended) throw cause;
      return mended;
    }
  };
}

/** @returns a node of this kind with all these children in it, each in what it needs around it; null where there is no way */
export function mendedNode(type: NodeType, attrs: Node['attrs'] | null, children: Fragment): Node | null {
  let match = type.contentMatch;
  const fitted: Node[] = [];
  for (const child of children.content) {
    const missing = match.fillBefore(Fragment.from(child));
    const wrapping = missing ? [] : match.findWrapping(child.type);
    const node = wrapping?.reduceRight<Node | null>(
      (inner, outer) => inner && outer.createAndFill(null, inner),
      child,
    );
    const next = node && match.matchFragment(Fragment.from([...(missing?.content ?? []), node]));
    if (!node || !next) return null;
    fitted.push(...(missing?.content ?? []), node);
    match = next;
  }
  return type.createAndFill(attrs, fitted);
}
