import './prose.css';

/**
 * A text that is only read, drawn exactly as the editor draws it.
 * @param html made by `toHtml` of shared/document/html.ts, which escapes every word and makes
 *   every tag itself; never anything that a person typed as HTML
 */
export function ReadingView({ html, label }: { html: string; label?: string }) {
  const named = label ? { role: 'group', 'aria-label': label } : {};
  // biome-ignore lint/security/noDangerouslySetInnerHtml: our own writer's output, see above
  return <div className="prose" {...named} dangerouslySetInnerHTML={{ __html: html }} />;
}
