import { Button } from '@mantine/core';
import { usePageTitle } from './page-title.ts';
import styles from './States.module.css';

export function NotFoundPage() {
  usePageTitle('Nothing is here');
  return (
    <main className={styles.whole} id="main">
      <div className={styles.error}>
        <h1>Nothing is here</h1>
        <p>
          The address may be mistyped, or what stood here was moved to the bin. Nothing you wrote is lost by
          coming here.
        </p>
        <div className={styles.acts}>
          <Button component="a" href="/" variant="filled">
            Go to your studies
          </Button>
        </div>
      </div>
    </main>
  );
}
