import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { OpenApi, OpenApiRoute } from '../../shared/api/openapi.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Page, PageHead } from '../ui/Page.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { UnreachableError } from '../ui/request.ts';
import styles from './interface.module.css';
import { partsOf, shapeOf } from './schema-words.ts';

const ADDRESS = '/api/openapi.json';

/** What programs may ask of Casebook, for people who write them. */
export default function InterfacePage() {
  const description = useQuery({
    queryKey: [ADDRESS],
    queryFn: async ({ signal }): Promise<OpenApi> => {
      const response = await fetch(ADDRESS, { signal }).catch((cause: unknown) => {
        if (signal.aborted) throw cause;
        throw new UnreachableError('The server does not answer.', { cause });
      });
      if (!response.ok) throw new UnreachableError(`The server answered ${response.status}.`);
      return (await response.json()) as OpenApi;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Page
      title="For programs"
      crumbs={[
        <Link key="account" to="/account">
          Your account
        </Link>,
        'For programs',
      ]}
    >
      <PageHead
        title="For programs"
        meta={
          <>
            What a program can ask of Casebook with a token of yours, over HTTP. For tools:{' '}
            <a className={styles.link} href={ADDRESS}>
              {ADDRESS}
            </a>{' '}
            (OpenAPI 3.1).
          </>
        }
      />
      {description.error ? (
        <ErrorState error={description.error} retry={() => void description.refetch()} />
      ) : !description.data ? (
        <ListSkeleton rows={8} />
      ) : (
        <Interface description={description.data} />
      )}
    </Page>
  );
}

function Interface({ description }: { description: OpenApi }) {
  const routes = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, route]) => ({ name: `${method.toUpperCase()} ${path}`, route })),
  );
  return (
    <>
      <p className={styles.explain}>{String(description.info.description)}</p>
      <p className={styles.explain}>
        Send <code>Authorization: Bearer &lt;token&gt;</code>. Bodies are JSON. What is refused comes with a
        reason as <code>application/problem+json</code>, whose <code>code</code> stays the same from version
        to version.
      </p>
      {description.tags.map(({ name }) => (
        <section key={name} className={styles.topic} aria-label={name}>
          <h2>{name}</h2>
          {routes
            .filter(({ route }) => route.tags.includes(name))
            .map((one) => (
              <Route key={one.name} name={one.name} route={one.route} />
            ))}
        </section>
      ))}
    </>
  );
}

function Route({ name, route }: { name: string; route: OpenApiRoute }) {
  const query = route.parameters.filter((parameter) => parameter.in === 'query');
  const body = schemaIn(route.requestBody);
  const reply = schemaIn(route.responses[200]);
  return (
    <details className={styles.route}>
      <summary>
        <span>
          <code>{name}</code>
          <span className={styles.line}>{route.summary}</span>
        </span>
      </summary>
      <p className={styles.line}>{route['x-who']}.</p>
      {query.length > 0 && (
        <Parts
          title="After the ?"
          parts={query.map(({ name: part, schema }) => ({
            name: part,
            shape: shapeOf(schema),
            needed: false,
          }))}
        />
      )}
      {body && <Parts title="Send" parts={partsOf(body)} otherwise={shapeOf(body)} />}
      {reply && <Parts title="Comes back" parts={partsOf(reply)} otherwise={shapeOf(reply)} />}
    </details>
  );
}

function Parts({
  title,
  parts,
  otherwise = '',
}: {
  title: string;
  parts: readonly { readonly name: string; readonly shape: string; readonly needed: boolean }[];
  otherwise?: string;
}) {
  return (
    <>
      <h3>{title}</h3>
      {parts.length === 0 ? (
        <p className={styles.line}>{otherwise}</p>
      ) : (
        <dl className={styles.parts}>
          {parts.map(({ name, shape, needed }) => (
            <div key={name}>
              <dt>
                <code>{name}</code>
                {!needed && <span className={styles.line}> may be absent</span>}
              </dt>
              <dd>{shape}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

/** @returns the JSON that a body or an answer is, as its schema; undefined for a file */
function schemaIn(holder: unknown): Readonly<Record<string, unknown>> | undefined {
  const { content } = (holder ?? {}) as { content?: Record<string, { schema?: Record<string, unknown> }> };
  return content?.['application/json']?.schema;
}
