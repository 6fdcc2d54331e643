/** Whether somebody says how the codebook should go out. */
import { create } from 'zustand'

export const useCodebookExport = create<{ isOpen: boolean }>(() => ({ isOpen: false }))
