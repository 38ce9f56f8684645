// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g;
const LONE_SURROGATES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * @returns the text as any document format can hold it: without control
 *   characters (tabs and line ends stay), halves of surrogate pairs replaced
 */
export function plainCharacters(text: string): string {
  return text.replace(CONTROLS, '').replace(LONE_SURROGATES, '\ufffd');
}
