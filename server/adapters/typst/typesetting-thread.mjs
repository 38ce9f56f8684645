/** Typesets once, and ends: plain JavaScript, so that it is the same built and not built. */
import { parentPort, workerData } from 'node:worker_threads';

/** @returns {Promise<{pdf: Uint8Array} | {why: string, detail: string}>} */
async function typeset({ source, data }) {
  let typst;
  try {
    // compiled for each kind of computer: there may be none for this one
    typst = await import('@myriaddreamin/typst-ts-node-compiler');
  } catch (error) {
    return { why: 'no-typesetter', detail: String(error) };
  }
  const { NodeCompiler, PdfStandard } = typst.default ?? typst;
  try {
    const compiler = NodeCompiler.create({});
    const made = compiler.pdf(
      { mainFileContent: source, inputs: { data: JSON.stringify(data) } },
      { pdfStandard: PdfStandard.UA_1 },
    );
    return { pdf: new Uint8Array(made) };
  } catch (error) {
    const detail = String(error);
    return { why: detail.includes('could not be displayed with font') ? 'no-font' : 'failed', detail };
  }
}

parentPort.postMessage(await typeset(workerData));
