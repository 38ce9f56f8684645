import type { Section } from '../../shared/framework/framework.ts';
import styles from './contact.module.css';

/** What a school is asked about a section, beside its fields; nothing where it is asked nothing. */
export function Questions({ section }: { section: Section }) {
  if (section.prompts.length === 0) return null;
  return (
    <ul className={styles.questions}>
      {section.prompts.map((prompt) => (
        <li key={prompt.id}>{prompt.question}</li>
      ))}
    </ul>
  );
}
