/** A small study made by script, for tests of what is done with it. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { json, workFolder } from './command.ts'

/** N1 begins with an emoji of two units, so that code points and units differ from there on. */
export const NOTE_1 = 'N1,"👩 Mum shouted at him again. Police came twice in the night. He sleeps badly."'

/** A folder with a project in it, and how it is filled; `columns` are those that follow note, code, start and end. */
export function smallStudy(columns: readonly string[] = []) {
  const folder = workFolder()
  const project = join(folder, 'study.understory')
  const file = (name: string, lines: readonly string[]): string => {
    writeFileSync(join(folder, name), lines.join('\n'))
    return join(folder, name)
  }
  return {
    folder,
    project,
    /** Writes a file into the folder. @returns its path */
    file,
    /** Makes the project with notes and codes, each a line of its table. */
    async make(notes: readonly string[], codes: readonly string[]): Promise<void> {
      await json(['create', project, '--template', 'empty'])
      await json(['import', project, file('notes.csv', ['note_id,text', ...notes])])
      await json(['codebook', 'import', project, file('book.csv', ['path', ...codes])])
    },
    async code(coder: string, rows: readonly string[], finished = 'listed'): Promise<void> {
      const table = file('codings.csv', [['note,code,start,end', ...columns].join(), ...rows])
      await json(['code', project, '--coder', coder, '--from', table, '--finished', finished])
    },
  }
}
