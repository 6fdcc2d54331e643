/** The view of agreement that was asked for from elsewhere, until the place is there and shows it. */
import { create } from 'zustand'

export type View = 'codes' | 'spans' | 'confused' | 'pairs' | 'series' | 'rounds'

export const useAskedView = create<{ asked: View | null }>(() => ({ asked: null }))

export const askForView = (asked: View): void => useAskedView.setState({ asked })
