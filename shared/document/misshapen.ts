import * as Y from 'yjs';

/** Any shared type, whatever it holds. */
export type SharedType = Pick<Y.AbstractType<unknown>, '_start' | '_map' | '_item' | '_searchMarker'>;

/** One thing that the schema cannot hold, and the forward edit that puts it right. */
export type Misshapen = {
  /**
   * An editor shows it with what it lacks, and loses no word by it. Of anything else
   * y-tiptap deletes the words for everybody, or throws.
   */
  readonly bearable: boolean;
} & (
  | { readonly edit: 'remove'; readonly item: Y.Item }
  /** A paragraph without words at the beginning. */
  | { readonly edit: 'begin'; readonly parent: Y.XmlElement }
  /** Cells without words at the end of a row. */
  | { readonly edit: 'add-cells'; readonly row: Y.XmlElement; readonly name: string; readonly count: number }
  | { readonly edit: 'span-rows'; readonly cell: Y.XmlElement; readonly rows: number }
  /** A mark that replaced another one goes; the words are left without either. */
  | {
      readonly edit: 'unmark';
      readonly item: Y.Item;
      readonly text: Y.Text;
      readonly index: number;
      readonly length: number;
      readonly name: string;
    }
);

/** @returns the type that an item holds, or null */
export function typeOf(item: Y.Item): SharedType | null {
  return item.content instanceof Y.ContentType ? (item.content.type as SharedType) : null;
}

/** @returns what stands under a key of a shared type */
export function heldBy(item: Y.Item): unknown {
  return item.content.getContent()[item.length - 1];
}

/** The items of a type that stand, in order. */
export function* standing(type: SharedType): Generator<Y.Item> {
  for (let item = type._start; item !== null; item = item.right) if (!item.deleted) yield item;
}
