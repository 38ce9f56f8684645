import {
  type Audience,
  childSections,
  type Field,
  type Framework,
  type Section,
} from '../../shared/framework/framework.ts';
import styles from './framework.module.css';

const AUDIENCE_WORDS: Readonly<Record<Audience, string>> = {
  print: 'For the booklet',
  shareable: 'May be shown to the school',
  team: 'Stays with the team',
};

/** One section, folded to its title; sections under it stand indented. */
export function SectionEntry({ framework, section }: { framework: Framework; section: Section }) {
  const below = childSections(framework, section.id);
  const facts = [
    section.required ? 'Required' : 'Optional',
    section.occurrence === 'per-school' ? 'for each school' : '',
    section.onlyForAuthority ? 'only of a whole authority' : '',
    AUDIENCE_WORDS[section.audience].toLowerCase(),
  ].filter(Boolean);
  return (
    <div className={styles.entry}>
      <details>
        <summary>
          <span className={styles.number}>{section.number ?? ''}</span>
          <h2 className={styles.sectionTitle}>{section.title}</h2>
          <span className={styles.facts}>{facts.join(' · ')}</span>
        </summary>
        <div className={styles.inside}>
          <p>{section.purpose}</p>
          {section.prompts.length > 0 && (
            <>
              <h3>Questions</h3>
              <ul className={styles.prompts}>
                {section.prompts.map((prompt) => (
                  <li key={prompt.id}>
                    <b>{prompt.label}.</b> {prompt.question}
                  </li>
                ))}
              </ul>
            </>
          )}
          {section.fields.length > 0 && (
            <>
              <h3>Fields</h3>
              <ul className={styles.fields}>
                {section.fields.map((field) => (
                  <FieldEntry key={field.id} field={field} />
                ))}
              </ul>
            </>
          )}
          {section.prose && <p className={styles.prose}>And running text.</p>}
        </div>
      </details>
      {below.length > 0 && (
        <div className={styles.below}>
          {below.map((child) => (
            <SectionEntry key={child.id} framework={framework} section={child} />
          ))}
        </div>
      )}
    </div>
  );
}

function kindWords(field: Field): string {
  switch (field.kind) {
    case 'short-text':
      return 'a line of text';
    case 'long-text':
      return 'text';
    case 'number': {
      const also = [field.withYear ? 'its year' : '', field.withSource ? 'its source' : ''].filter(Boolean);
      const number = field.unit ? `a number of ${field.unit}`.replace('of %', 'in %') : 'a number';
      return also.length > 0 ? `${number}, with ${also.join(' and ')}` : number;
    }
    case 'date':
      return 'a date';
    case 'choice':
      return 'one of these';
    case 'many-choices':
      return 'any of these';
    case 'yes-no':
      return 'yes, no or not known';
    case 'checklist':
      return 'a list to tick off';
    case 'group':
      return `for each ${field.rowName}`;
    default:
      return field satisfies never;
  }
}

function FieldEntry({ field }: { field: Field }) {
  const options =
    field.kind === 'choice' || field.kind === 'many-choices'
      ? field.options
      : field.kind === 'checklist'
        ? field.items
        : [];
  return (
    <li>
      <b>{field.label}</b> <span className={styles.kind}>{kindWords(field)}</span>
      {field.required && <span className={styles.mark}>required</span>}
      {field.audience && <span className={styles.mark}>{AUDIENCE_WORDS[field.audience].toLowerCase()}</span>}
      {field.help && <p className={styles.help}>{field.help}</p>}
      {options.length > 0 && (
        <p className={styles.help}>{options.map((option) => option.label).join(' · ')}</p>
      )}
      {field.kind === 'group' && (
        <ul className={styles.fields}>
          {field.fields.map((inner) => (
            <FieldEntry key={inner.id} field={inner} />
          ))}
        </ul>
      )}
    </li>
  );
}
