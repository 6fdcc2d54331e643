/** What the window shows, read off the page, and what the file holds, read from the file. */
import type { Page } from '@playwright/test'
import type { ReadableDb } from '../../../electron/store/file/connection.ts'
import { AMARA } from './study.ts'

export type Painted = { colour: string; start: number; end: number }
export type Screen = {
  painted: Painted[]
  selected: string | null
  active: string | null
  activeId: string | null
  listed: string[]
  listedCount: number
  rows: { title: string; count: number; status: string }[]
  here: Record<string, number>
  finished: string
  saved: string
  focus: string
  note: string
  recent: string[]
}

/** Runs in the page. */
function readScreen(): Screen {
  const lines = [...document.querySelectorAll('.note-text > p')]
  const starts: number[] = []
  let at = 0
  for (const line of lines) {
    starts.push(at)
    at += (line.textContent ?? '').length + 1
  }
  const offsetOf = (node: Node, offset: number): number => {
    const element = node instanceof Element ? node : node.parentElement
    const line = lines.indexOf(element?.closest('.note-text > p') as Element)
    return (starts[line] ?? Number.NaN) + (node instanceof Text ? offset : 0)
  }
  const rangesOf = (name: string) =>
    [...((CSS.highlights.get(name) ?? []) as unknown as Iterable<StaticRange>)].map((range) => ({
      start: offsetOf(range.startContainer, range.startOffset),
      end: offsetOf(range.endContainer, range.endOffset),
    }))
  const single = (name: string): string | null => {
    const ranges = rangesOf(name)
    return ranges.length === 0 ? null : ranges.map(({ start, end }) => `${start}-${end}`).join('|')
  }
  const painted = [...CSS.highlights.keys()].flatMap((name) => {
    const found = /^code-([0-9a-f]+)-\d$/.exec(name)
    return found ? rangesOf(name).map((range) => ({ colour: `#${found[1]}`, ...range })) : []
  })
  const words = (selector: string, within: ParentNode = document) =>
    within.querySelector(selector)?.textContent?.trim() ?? ''
  const list = document.querySelector('[role=listbox][aria-label="Codings"]')
  const options = [...(list?.querySelectorAll('[role=option]') ?? [])]
  return {
    painted,
    selected: single('note-selection'),
    active: single('note-active'),
    activeId: document.querySelector<HTMLElement>('.stripe-active')?.dataset.coding ?? null,
    listed: options.map((option) => `${words('.coding-name', option)}: ${words('.coding-words', option)}`),
    listedCount: Number(options[0]?.getAttribute('aria-setsize') ?? options.length),
    rows: [...document.querySelectorAll('.note-row')].map((row) => ({
      title: words('.note-row-title', row),
      count: Number(words('.note-row-count', row) || 0),
      status: row.querySelector('.status-dot')?.getAttribute('aria-label') ?? '',
    })),
    here: Object.fromEntries(
      [...document.querySelectorAll('.code-panel [role=treeitem]')].flatMap((row) => {
        const count = Number.parseInt(words('.code-count', row), 10)
        return Number.isNaN(count) ? [] : [[words('.code-name', row), count]]
      }),
    ),
    finished: words('.statusbar .statusbar-item.number'),
    saved: words('[data-testid=saved]'),
    focus: document.activeElement?.className ?? '',
    note: words('.note-title'),
    recent: [...document.querySelectorAll('.recent-code-name')].map((each) => each.textContent ?? ''),
  }
}

export const screenOf = (page: Page): Promise<Screen> => page.evaluate(readScreen)

/** What the Notes table and the tree of the codebook count, in their places: a line a row, in the order of their names. */
export const countsElsewhere = (page: Page): Promise<{ notes: string[]; codes: string[] }> =>
  page.evaluate(() => {
    const textOf = (element: Element | null | undefined) => element?.textContent?.trim() ?? ''
    const heads = [...document.querySelectorAll('[role=table] [role=columnheader]')].map(textOf)
    const at = heads.findIndex((head) => head.includes('My codings'))
    const rows = [...document.querySelectorAll('[role=table] [role=row]')].slice(1)
    const notes = rows.map((row) => {
      const cells = [...row.querySelectorAll('[role=rowheader],[role=cell]')]
      return `${textOf(row.querySelector('[role=rowheader]')).match(/Visit \d/)?.[0]} ${textOf(cells[at])}`
    })
    const codes = [...document.querySelectorAll('[role=tree][aria-label=Codebook] [role=treeitem]')].map(
      (row) =>
        `${textOf(row.querySelector('.codebook-name'))} ${textOf(row.querySelector('.code-count')) || 0}`,
    )
    return { notes: notes.sort(), codes: codes.sort() }
  })

export type Stored = {
  codings: {
    id: string
    note: string
    code: string
    start: number | null
    end: number | null
    memo: string
  }[]
  marked: Record<string, string>
  /** How many acts of hers the journal holds, undoings left out. */
  steps: number
}

export function storeOf(db: ReadableDb): Stored {
  const codings = db
    .prepare(
      `SELECT coding.id, note.id AS note, code.id AS code, coding.start_at AS start, coding.end_at AS end,
              coalesce((SELECT group_concat(text) FROM memo WHERE memo.coding = coding.num), '') AS memo
       FROM coding JOIN note ON note.num = coding.note JOIN code ON code.num = coding.code
       JOIN coder ON coder.num = coding.coder WHERE coder.id = ? ORDER BY coding.num`,
    )
    .all(AMARA) as Stored['codings']
  const marked = db
    .prepare(
      `SELECT note.id, status FROM note_status JOIN note ON note.num = note_status.note
       JOIN coder ON coder.num = note_status.coder WHERE coder.id = ?`,
    )
    .raw()
    .all(AMARA) as [string, string][]
  const steps = db
    .prepare('SELECT count(DISTINCT step) FROM journal WHERE coder = ? AND undoes IS NULL')
    .pluck()
    .get(AMARA) as number
  return { codings, marked: Object.fromEntries(marked), steps }
}
