/** Codes confused between coders, with their names, and the way to their text. */
import { ownName } from '../../shared/agreement-words.ts'
import type { ConfusionReport } from '../../shared/contract/agreement.ts'
import type { CodeId } from '../../shared/contract/basics.ts'
import type { Asked } from './SegmentsPane.tsx'

export type Pair = {
  key: string
  firstCodeId: CodeId
  secondCodeId: CodeId
  first: string
  second: string
  units: number
  notes: number
  /** Units where the first coder alone applied the first code, and the second coder alone the second. */
  firstAlone: number
  secondAlone: number
}

/** The confused pairs with the names of their codes. */
export function pairsOf({ codes, confused }: ConfusionReport): Pair[] {
  const byId = new Map(codes.map((code) => [code.codeId, code]))
  return confused.map((cell) => {
    const [first, second] = [byId.get(cell.firstCodeId), byId.get(cell.secondCodeId)]
    return {
      ...cell,
      key: `${cell.firstCodeId} ${cell.secondCodeId}`,
      first: first?.code ?? '',
      second: second?.code ?? '',
      firstAlone: first?.onlyFirst ?? 0,
      secondAlone: second?.onlySecond ?? 0,
    }
  })
}

/** The question for the text behind one confusion. */
export function askedOfPair({ coders: [first, second], scope }: ConfusionReport, pair: Pair): Asked {
  const { firstCodeId, secondCodeId } = pair
  return {
    scope,
    behind: { kind: 'confusion', firstCodeId, secondCodeId },
    title: `${ownName(pair.first)} or ${ownName(pair.second)}`,
    words: `${first.name} the first, ${second.name} the second`,
    count: pair.units,
  }
}
