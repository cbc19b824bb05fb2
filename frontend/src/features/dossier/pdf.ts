/**
 * Reads and draws PDF files that this program made, with pdf.js. It weighs more than all the rest of the page: bring it in
 * with import() where a dossier is looked at.
 */
import * as pdfjs from 'pdfjs-dist/legacy/build/pdf.mjs';
import worker from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';
import { partsOf, type MarkedText, type Part, type StructureNode } from './structure';

pdfjs.GlobalWorkerOptions.workerSrc = worker;

export interface PageSize {
  /** Points, of which 72 are an inch. */
  width: number;
  height: number;
}

export class PdfFile {
  #closed = false;

  private constructor(
    private readonly file: pdfjs.PDFDocumentProxy,
    readonly pages: readonly PageSize[],
  ) {}

  static async read(address: string): Promise<PdfFile> {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    const task = pdfjs.getDocument({
      data: new Uint8Array(await answer.arrayBuffer()),
      isEvalSupported: false,
      enableXfa: false,
      useWasm: false,
      stopAtErrors: false,
    });
    const file = await task.promise;
    const pages = await Promise.all(
      Array.from({ length: file.numPages }, async (_, index) => {
        const [left = 0, bottom = 0, right = 0, top = 0] = (await file.getPage(index + 1)).view;
        return { width: right - left, height: top - bottom };
      }),
    );
    return new PdfFile(file, pages);
  }

  /** Draws a page, counted from 1, as wide as the canvas is shown. */
  async draw(page: number, canvas: HTMLCanvasElement, width: number, stop: AbortSignal): Promise<void> {
    // Drawn apart and put there at once: the page that was seen before stays until the new one is whole.
    const apart = document.createElement('canvas');
    let cancel = () => {};
    try {
      const read = await this.file.getPage(page);
      const ratio = Math.min(devicePixelRatio || 1, 2);
      const viewport = read.getViewport({ scale: (width * ratio) / this.pages[page - 1]!.width });
      apart.width = Math.round(viewport.width);
      apart.height = Math.round(viewport.height);
      const task = read.render({ canvas: apart, viewport });
      cancel = () => task.cancel();
      stop.addEventListener('abort', cancel);
      await task.promise;
      if (stop.aborted) return;
      canvas.width = apart.width;
      canvas.height = apart.height;
      canvas.getContext('2d')?.drawImage(apart, 0, 0);
    } catch (error) {
      // A drawing that was called off, or whose file was put away, ends with an error.
      if (!stop.aborted && !this.#closed) throw error;
    } finally {
      stop.removeEventListener('abort', cancel);
    }
  }

  /** What a page, counted from 1, says: its headings, paragraphs, tables and pictures, in the order of reading. */
  async parts(page: number): Promise<Part[]> {
    const read = await this.file.getPage(page);
    const [tree, items] = await Promise.all([read.getStructTree(), textOf(read)]);
    return partsOf(tree as StructureNode | null, items);
  }

  close(): void {
    this.#closed = true;
    this.file.loadingTask.destroy().catch(() => {}); // nobody waits for it
  }
}

/** The text of a page, read piece by piece: what would gather it all goes through a stream in a way that WebKit lacks. */
async function textOf(page: pdfjs.PDFPageProxy): Promise<MarkedText[]> {
  const pieces = page
    .streamTextContent({ includeMarkedContent: true, disableNormalization: true })
    .getReader() as ReadableStreamDefaultReader<{ items: MarkedText[] }>;
  const items: MarkedText[] = [];
  for (;;) {
    const { done, value } = await pieces.read();
    if (done) return items;
    items.push(...value.items);
  }
}
