/** What readers saw in a source and did not take into the text of the note, so that nothing is left out without a word. */

/** As a person calls one of it, and several. */
const LEFT_OUT = {
  comments: ['comment', 'comments'],
  headers: ['page header', 'page headers'],
  footers: ['page footer', 'page footers'],
  deleted: ['character deleted as a tracked change', 'characters deleted as tracked changes'],
  hidden: ['hidden character', 'hidden characters'],
  boxes: ['drawing or text box', 'drawings or text boxes'],
  pictures: ['picture', 'pictures'],
  charts: ['chart or diagram', 'charts or diagrams'],
  objects: ['embedded object', 'embedded objects'],
  controls: [
    'form control that keeps its answer to itself',
    'form controls that keep their answers to themselves',
  ],
  chunks: ['embedded part that cannot be read', 'embedded parts that cannot be read'],
  links: ['part that lies in another file', 'parts that lie in other files'],
  attachments: ['attached file', 'attached files'],
  doubles: [
    'piece of text drawn a second time at its place',
    'pieces of text drawn a second time at their place',
  ],
} as const satisfies Record<string, readonly [one: string, many: string]>

export type LeftOutKind = keyof typeof LEFT_OUT

export class Tally {
  readonly #counts = new Map<LeftOutKind, number>()
  readonly #of: 'note' | 'notes'

  /** `of`: what it is not in. */
  constructor(of: 'note' | 'notes' = 'note') {
    this.#of = of
  }

  add(kind: LeftOutKind, count = 1): void {
    if (count > 0) this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + count)
  }

  /** "not in the note: 2 comments, 1 page header"; undefined where everything was taken. */
  get warning(): string | undefined {
    const parts = Object.entries(LEFT_OUT).flatMap(([kind, [one, many]]) => {
      const count = this.#counts.get(kind as LeftOutKind)
      return count === undefined ? [] : [`${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`]
    })
    return parts.length === 0 ? undefined : `not in the ${this.#of}: ${parts.join(', ')}`
  }
}
