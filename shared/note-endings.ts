/** Endings, with the dot and in lower case, of the files that notes are read from; for readers and file dialogs alike. */
export const NOTE_ENDINGS = [
  '.csv',
  '.tsv',
  '.xlsx',
  '.xlsm',
  '.jsonl',
  '.ndjson',
  '.txt',
  '.docx',
  '.docm',
  '.pdf',
] as const
export type NoteEnding = (typeof NOTE_ENDINGS)[number]
