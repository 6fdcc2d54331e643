/** The half of pdf.js that parses; it has no types of its own, and is only loaded so that it is there. */
declare module 'pdfjs-dist/legacy/build/pdf.worker.mjs'
