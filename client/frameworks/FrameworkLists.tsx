import type { ReactNode } from 'react';
import type { Framework } from '../../shared/framework/framework.ts';
import styles from './framework.module.css';

/** What a framework holds besides its sections. */
export function FrameworkLists({ framework }: { framework: Framework }) {
  return (
    <>
      <List title="Judging a school before a visit" of={framework.scopingQuestions}>
        {(one) => (
          <>
            <b>{one.label}.</b> {one.question}
          </>
        )}
      </List>
      <List title="Career stages" of={framework.careerStages}>
        {(one) => one.label}
      </List>
      <List title="How schools differ" of={framework.contextDimensions}>
        {(one) => (
          <>
            <b>{one.label}:</b> {one.values.map((value) => value.label).join(', ')}
          </>
        )}
      </List>
      <List title="Those who gain from it" of={framework.stakeholderGroups}>
        {(one) => one.label}
      </List>
      <List title="What words mean here" of={framework.definitions}>
        {(one) => (
          <>
            <b>{one.term}.</b> {one.text}
          </>
        )}
      </List>
      <List title="What readers are to learn" of={framework.learningObjectives}>
        {(one) => one.text}
      </List>
    </>
  );
}

function List<T extends { readonly id: string }>({
  title,
  of,
  children,
}: {
  title: string;
  of: readonly T[];
  children: (one: T) => ReactNode;
}) {
  if (of.length === 0) return null;
  return (
    <section className={styles.list}>
      <h2>{title}</h2>
      <ul>
        {of.map((one) => (
          <li key={one.id}>{children(one)}</li>
        ))}
      </ul>
    </section>
  );
}
