/** More than any document of such a provider has, in bytes. */
const MOST = 512 * 1024;

class AnswerTooLargeError extends Error {
  override readonly name = 'AnswerTooLargeError';
}

/** As `fetch`; an answer that is too long is cut off, so that it costs no memory (INPUT-1). */
export async function boundedFetch(
  url: string,
  // biome-ignore lint/suspicious/noExplicitAny: what the client hands over is what fetch takes
  options: any,
): Promise<Response> {
  const answer = await fetch(url, options);
  if (!answer.body) return answer;
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = answer.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > MOST) {
      await reader.cancel();
      throw new AnswerTooLargeError('the answer of the identity provider is too long');
    }
    parts.push(value);
  }
  return new Response(length === 0 ? null : Buffer.concat(parts), {
    status: answer.status,
    statusText: answer.statusText,
    headers: answer.headers,
  });
}
